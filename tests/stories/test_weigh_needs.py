"""The group's own view: each member taps how bad a need is and for how many; only the group sees the picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from domain.people import Role
from domain.refusal import Refused
from domain.severity import Spot
from storage import severities
from tests.stories.choosers import told
from tests.stories.test_linking import join, part
from tests.stories.valley import ARAGULI, Valley
from tests.stories.workshop import Bench
from tests.town import TELEGRAM, Phone


async def begin(phone: Phone) -> str:
    await phone.send("/menu")
    return (await phone.tap("How bad, and for how many")).text


async def spots(valley: Valley, poll_id: int, name: str) -> list[Spot]:
    person_id = await valley.person(name)
    async with valley.town.engine.connect() as db:
        return (await severities.spots(db, poll_id=poll_id, village_id=ARAGULI, person_id=person_id))[0]


async def test_two_taps_for_each_need_and_the_group_sees_the_mean(valley: Valley, tmp_path: Path) -> None:
    poll_id, needs = await told(valley)
    bench = Bench(valley, tmp_path / "media")
    manana, eka = await valley.member("manana", Role.LEADER), await valley.member("eka")
    assert "3 needs wait for your view" in await begin(manana)
    assert "1/3 🚰 Water" in (await manana.tap("Begin")).text
    for severity, reach in (("cannot go on", "all of us"), ("very hard", "about a third"), ("live with it", "a few")):
        await manana.tap(severity)
        await manana.tap(reach)
    await bench.work(manana)
    await begin(eka)
    await eka.tap("Begin")
    await eka.tap("it is hard")
    await eka.tap("most of us")
    await eka.tap("Later")
    shown = await bench.work(eka)
    with Image.open(tmp_path / "media" / shown.raw["photo"]) as picture:
        assert picture.width == 720
    found = {
        spot.need: (float(spot.severity), float(spot.reach), spot.members)
        for spot in await spots(valley, poll_id, "eka")
    }
    assert found == {needs[0]: (3, 3.5, 2), needs[1]: (3, 2, 1), needs[2]: (1, 1, 1)}
    assert "2 needs wait for your view" in await begin(eka)


async def test_a_view_is_said_anew(valley: Valley, tmp_path: Path) -> None:
    poll_id, needs = await told(valley)
    bench, manana = Bench(valley, tmp_path / "media"), await valley.member("manana")
    for severity in ("live with it", "very hard"):
        await begin(manana)
        await manana.tap("Say it anew of one")
        await manana.tap("The road to the school")
        await manana.tap(severity)
        await manana.tap("a few")
        await bench.work(manana)
    assert [(spot.need, int(spot.severity)) for spot in await spots(valley, poll_id, "manana")] == [(needs[1], 3)]


async def test_before_anybody_said_anything_there_is_no_picture(valley: Valley, tmp_path: Path) -> None:
    await told(valley)
    bench, manana = Bench(valley, tmp_path / "media"), await valley.member("manana")
    await begin(manana)
    await manana.tap("See the picture")
    assert "Nobody in your group has said anything yet." in (await bench.work(manana)).text


async def test_it_is_for_the_group_alone(valley: Valley) -> None:
    poll_id, needs = await told(valley)
    await valley.resident("nino")
    await valley.coordinator()
    for name in ("nino", "cora"):
        with pytest.raises(Refused, match="not_allowed"):
            await spots(valley, poll_id, name)
    nino = await valley.person("nino")
    now = valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        with pytest.raises(Refused, match="not_allowed"):
            await severities.say(db, need_id=needs[0], person_id=nino, severity=1, reach_=1, now=now)


async def test_of_two_phones_of_one_member_the_first_stands_and_forget_takes_it(valley: Valley) -> None:
    poll_id, needs = await told(valley)
    manana, other = await valley.member("manana"), await valley.resident("manana-2", channel=TELEGRAM)
    await valley.grant("manana-2", Role.MEMBER, group_id=1)
    now = valley.town.clock.now()
    for name, severity in (("manana", 4), ("manana-2", 1)):
        person_id = await valley.person(name)
        async with valley.town.engine.begin() as db:
            await severities.say(db, need_id=needs[0], person_id=person_id, severity=severity, reach_=2, now=now)
            if name == "manana-2":
                await severities.say(db, need_id=needs[1], person_id=person_id, severity=2, reach_=2, now=now)
    await join(manana, other)
    assert "how bad you find 2 needs" in (await manana.send("/mydata")).text
    await part(manana)
    assert "how bad you find 1 need, " in (await manana.send("/mydata")).text
    assert len(await spots(valley, poll_id, "manana")) == 2
