"""A village chooses: up to five each, once for a person, counted once, and nothing that is shown points at anybody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import insert, select, update

from domain.chosen import Shown
from domain.people import Role, Sex
from domain.polls import Origin
from domain.refusal import Refused
from domain.sorting import Standing
from storage import ballots as kept
from storage import choosings, chosen, sorting
from storage.sorting import By
from storage.tables.choosings import ballots, choosing_needs
from storage.tables.honesty import flagged_answers, flags
from storage.tables.polls import answers
from storage.tables.polls import needs as needs_
from tests.stories.choosers import LIGHT, NEEDS, ROAD, WATER, cast, choose, opened, pick, result, settled, sweep, told
from tests.stories.test_linking import join, part
from tests.stories.valley import ARAGULI, Valley
from tests.stories.workshop import Bench
from tests.town import TELEGRAM, WEB, Phone


async def begun(valley: Valley) -> tuple[int, list[int], Phone]:
    """(the choosing, its needs, the leader who opened it)"""
    poll_id, needs = await told(valley)
    leader = await valley.member("manana", Role.LEADER)
    return await opened(valley, poll_id, leader), needs, leader


async def picks(valley: Valley) -> list[Any]:
    return await valley.rows(select(ballots).order_by(ballots.c.id))


def files_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.iterdir())


async def test_the_leader_begins_one_and_everybody_who_lives_there_is_asked(valley: Valley) -> None:
    await told(valley, {**NEEDS, "": "waste"})
    leader = await valley.member("manana", Role.LEADER)
    nino = await valley.resident("nino", sex="woman")
    await leader.send("/menu")
    await leader.tap("The choosing of the village")
    await leader.tap("Araguli: begin a choosing")
    preview = await leader.tap("7 days")
    assert "Araguli chooses among 4 needs, until 9 March 2026" in preview.text
    assert "residents will be written to" in preview.text
    assert "It has begun" in (await leader.tap("Yes, begin")).text or "It has begun" in "\n".join(await leader.texts())
    asked = await nino.last()
    assert "Araguli has told what it needs. What comes first for you?" in asked.text
    await nino.tap(WATER[:20])
    await nino.tap(LIGHT)
    thanks = (await nino.tap("Done")).text
    assert f"Thank you! You chose:\n• 🚰 Water – {WATER}\n• 💡 Lighting – {LIGHT}" in thanks
    [row] = await picks(valley)
    assert (row.origin, row.sex, len(row.picks)) == (Origin.WEB, "woman", 2)


async def test_needs_that_would_look_alike_are_left_out_and_the_leader_is_told(valley: Valley) -> None:
    poll_id, _needs = await told(valley, {WATER: "water", ROAD: "roads"})
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs_).values(state="told"))
        await db.execute(update(needs_).where(needs_.c.kind == "roads").values(kind="water"))
    leader = await valley.member("manana", Role.LEADER)
    with pytest.raises(Refused, match="too_few_needs"):
        await opened(valley, poll_id, leader)
    await leader.send("/menu")
    await leader.tap("The choosing of the village")
    await leader.tap("begin a choosing")
    assert "2 needs have no words for everybody" in (await leader.tap("7 days")).text
    assert "fewer than 2 needs with words" in (await leader.tap("Yes, begin")).text


async def test_each_person_sees_them_in_an_order_of_their_own_which_stays(valley: Valley) -> None:
    many = {f"Need number {number}": "other" for number in range(12)}
    poll_id, _needs = await told(valley, many)
    await opened(valley, poll_id, await valley.member("manana", Role.LEADER))
    orders = set()
    for name in ("nino", "eka", "dato"):
        phone = await valley.resident(name)
        await phone.send("/menu")
        shown = [text for text, _data in (await phone.tap("Choose what comes first")).buttons]
        again = [text for text, _data in (await phone.tap("Need number 3")).buttons]
        assert [text.removeprefix("✓ ") for text in again][:12] == shown[:12]
        orders.add(tuple(shown[:12]))
    assert len(orders) == 3


async def test_no_more_than_five(valley: Valley) -> None:
    poll_id, _needs = await told(valley, {f"Need number {number}": "other" for number in range(7)})
    await opened(valley, poll_id, await valley.member("manana", Role.LEADER))
    nino = await valley.resident("nino")
    await nino.send("/menu")
    await nino.tap("Choose what comes first")
    for number in range(5):
        await nino.tap(f"Need number {number}")
    assert "at most 5" in (await nino.tap("Need number 6")).text


async def test_a_choice_is_changed_and_taken_back_while_it_is_open(valley: Valley) -> None:
    _choosing, needs, _leader = await begun(valley)
    nino = await valley.resident("nino")
    await choose(nino, "water stops")
    await nino.send("/menu")
    assert "You chose:" in (await nino.tap("Choose what comes first")).text
    await nino.tap("Choose anew")
    await pick(nino, ["road to", "dark"])
    [row] = await picks(valley)
    assert row.picks == [needs[1], needs[2]]
    await nino.send("/menu")
    await nino.tap("Choose what comes first")
    await nino.tap("Take my choice back")
    assert await picks(valley) == []


async def test_pictures_and_spoken_names_come_before_the_choice(valley: Valley, tmp_path: Path) -> None:
    choosing_id, needs, leader = await begun(valley)
    bench = Bench(valley, tmp_path / "media")
    await leader.send("/menu")
    await leader.tap("The choosing of the village")
    await leader.tap("Araguli")
    await leader.tap("Speak a need's name")
    ask = await leader.tap("dark at night")
    assert LIGHT in ask.text
    bench.post.files["said"] = b"OggS"
    await leader.act(media={"kind": "voice", "ref": "said", "size": 4, "mime": "audio/ogg"})
    assert "now it can be heard too" in "\n".join(await leader.texts())
    nino = await valley.resident("nino")
    await nino.send("/menu")
    await nino.tap("Choose what comes first")
    await nino.tap("See and hear them first")
    heard = [message for message in await nino.messages() if message.raw.get("voice")]
    assert [message.text for message in heard] == [f"💡 Lighting – {LIGHT}"]
    await pick(nino, ["dark"])
    assert [row.picks for row in await picks(valley)] == [[needs[2]]]
    assert choosing_id


async def test_a_member_writes_down_what_neighbours_choose(valley: Valley) -> None:
    choosing_id, needs, leader = await begun(valley)
    await leader.send("/menu")
    asked = await leader.tap("A neighbour's choice")
    assert "Are they 16 or older, and do they agree?" in asked.text
    await leader.tap("Yes, they agree")
    await leader.tap("water stops")
    await leader.tap("Done")
    await leader.tap("Woman")
    await leader.tap("60+")
    [row] = await picks(valley)
    assert (row.person_id, row.origin, row.sex, row.age_band) == (None, "door_to_door", "woman", "60+")
    assert row.picks == [needs[0]]
    await leader.tap("Take back what I wrote down last")
    assert await picks(valley) == []
    assert choosing_id


async def test_no_more_doors_in_an_hour_than_an_honest_round_allows(valley: Valley) -> None:
    choosing_id, needs, leader = await begun(valley)
    where: dict[str, Any] = {"choosing_id": choosing_id, "member_id": await valley.person(leader.name)}
    where |= {"picks": needs[:1], "sex": None, "age_band": None, "today": valley.today()}
    async with valley.town.engine.begin() as db:
        for _door in range(12):
            await kept.enter(db, **where, now=valley.town.clock.now())
        with pytest.raises(Refused, match="too_many_doors"):
            await kept.enter(db, **where, now=valley.town.clock.now())
        await kept.enter(db, **where, now=valley.town.clock.now() + timedelta(hours=1))


async def test_when_it_is_over_everybody_who_chose_hears_the_list_and_their_own_place(valley: Valley) -> None:
    choosing_id, needs, _leader = await begun(valley)
    nino, dato = await valley.resident("nino", sex="woman"), await valley.resident("dato", sex="man")
    await choose(nino, "dark")
    await cast(valley, choosing_id, 39, [needs[0], needs[1]], Sex.MAN)
    await cast(valley, choosing_id, 19, [needs[2]], Sex.WOMAN)
    await cast(valley, choosing_id, 6, [needs[0]], Sex.WOMAN)
    await cast(valley, choosing_id, 6, [needs[2]], Sex.MAN)
    assert await settled(valley) == 1
    said = "\n".join(await nino.texts())
    assert f"1. 🚰 Water – {WATER}\n    women: about a fifth; men: about three quarters" in said
    assert f"2. 💡 Lighting – {LIGHT}\n    women: about three quarters; men: about a tenth" in said
    assert "About 25 women and 45 men chose." in said
    assert f"Of what you chose, “💡 Lighting – {LIGHT}” stands highest." in said
    assert "your part of the village has its first need at place 2" in said
    assert not any("This is what comes first" in text for text in await dato.texts())
    assert (await result(valley, choosing_id)).order == [needs[0], needs[2], needs[1]]


async def test_a_resident_sees_one_list_as_a_picture_and_the_group_sees_the_rest(
    valley: Valley, tmp_path: Path
) -> None:
    choosing_id, needs, leader = await begun(valley)
    bench, nino = Bench(valley, tmp_path / "media"), await valley.resident("nino")
    await cast(valley, choosing_id, 12, [needs[0], needs[1]], Sex.MAN, "25-39")
    await cast(valley, choosing_id, 9, [needs[2], needs[0]], Sex.WOMAN, "60+")
    await settled(valley)
    await nino.send("/menu")
    await nino.tap("What my village chose")
    shown = await bench.work(nino)
    with Image.open(tmp_path / "media" / shown.raw["photo"]) as picture:
        assert picture.width == 720
    assert "Women's list" not in "\n".join(await nino.texts())
    assert "https://mrgvali.example.ge/village/araguli" in shown.text
    await leader.send("/menu")
    await leader.tap("The choosing of the village")
    await leader.tap("the list is there")
    group = (await bench.work(leader)).text
    assert "For your group only:" in group
    assert f"Women's list:\n1. 🚰 Water – {WATER}" in group
    assert f"✓ Aged 25-39: 🚰 Water – {WATER}; on the list at place 1" in group
    assert files_in(tmp_path / "media") == 1, "the picture is made once for each language"


async def test_what_costs_and_money_say_is_reckoned_once(valley: Valley, tmp_path: Path) -> None:
    choosing_id, needs, leader = await begun(valley)
    await leader.send("/menu")
    await leader.tap("The choosing of the village")
    await leader.tap("Araguli")
    await leader.tap("What a need costs")
    await leader.tap("water stops")
    await leader.send("9000")
    await leader.tap("Araguli")
    assert "1 need has a cost." in (await leader.last()).text
    await leader.tap("How much money there is")
    await leader.send("10000")
    assert "There are 10 000 ₾." in (await leader.tap("Araguli")).text
    await cast(valley, choosing_id, 9, [needs[0]])
    await settled(valley)
    assert (await result(valley, choosing_id)).payable == (needs[0],)
    late: dict[str, Any] = {"choosing_id": choosing_id, "need_id": needs[1], "by": await valley.person(leader.name)}
    async with valley.town.engine.begin() as db:
        with pytest.raises(Refused, match="choosing_closed"):
            await choosings.price(db, **late, cost=5, today=valley.today())


async def test_the_open_web_is_counted_beside_and_never_in_the_order(valley: Valley) -> None:
    choosing_id, needs, _leader = await begun(valley)
    await cast(valley, choosing_id, 6, [needs[1]])
    await cast(valley, choosing_id, 30, [needs[0]])
    async with valley.town.engine.begin() as db:
        which = ballots.c.id > 6
        await db.execute(update(ballots).where(which).values(origin=Origin.OPEN_WEB))
    await settled(valley)
    found = await result(valley, choosing_id)
    assert (found.order, found.beside, found.below) == ([needs[1]], 30, (needs[0], needs[2]))


async def test_on_the_open_web_one_is_told_that_it_counts_beside(valley: Valley) -> None:
    await begun(valley)
    visitor = await valley.resident("visitor", channel=WEB)
    assert "counted beside" in await choose(visitor, "dark")
    assert [row.origin for row in await picks(valley)] == [Origin.OPEN_WEB]


async def test_who_is_set_aside_in_the_poll_is_not_counted_here_either(valley: Valley) -> None:
    """Nor what a member brings from doors while her answers are looked at."""
    choosing_id, needs, leader = await begun(valley)
    await cast(valley, choosing_id, 5, [needs[0]])
    nino = await valley.resident("nino")
    await choose(nino, "water")
    where: dict[str, Any] = {"choosing_id": choosing_id, "member_id": await valley.person("who-went-round")}
    where |= {"picks": needs[:1], "sex": None, "age_band": None, "today": valley.today()}
    async with valley.town.engine.begin() as db:
        await kept.enter(db, **where, now=valley.town.clock.now())
        [answer] = (await db.execute(select(answers.c.id).order_by(answers.c.id).limit(1))).scalars()
        now = valley.town.clock.now()
        row = {"poll_id": 1, "village_id": ARAGULI, "rule": "interviewer", "subject": "x", "raised_at": now}
        flag_id = (await db.execute(insert(flags).values(**row).returning(flags.c.id))).scalar_one()
        await db.execute(insert(flagged_answers), [{"flag_id": flag_id, "answer_id": answer}])
    async with valley.town.engine.connect() as db:
        cast_, _beside = await kept.counted(db, choosing_id=choosing_id)
    assert len(cast_) == 6
    assert leader


async def test_two_phones_of_one_person_choose_once_and_part_again(valley: Valley) -> None:
    choosing_id, needs, _leader = await begun(valley)
    nino, other = await valley.resident("nino"), await valley.resident("nino-2", channel=TELEGRAM)
    await choose(nino, "water")
    valley.town.clock.forward(timedelta(minutes=5))
    await choose(other, "dark")
    await join(nino, other)
    assert [(row.picks, row.rests) for row in await picks(valley)] == [([needs[0]], True), ([needs[2]], False)]
    assert (await picks(valley))[1].person_id == await valley.person("nino")
    async with valley.town.engine.connect() as db:
        assert len((await kept.counted(db, choosing_id=choosing_id))[0]) == 1
    await part(nino)
    assert [row.rests for row in await picks(valley)] == [False, False]


async def test_my_data_tells_and_forget_takes_who_it_was(valley: Valley) -> None:
    choosing_id, needs, _leader = await begun(valley)
    nino = await valley.resident("nino", sex="woman")
    await choose(nino, "water")
    assert "what you chose among your village's needs, 1 time" in (await nino.send("/mydata")).text
    await nino.send("/forget")
    await nino.tap("Yes")
    [row] = await picks(valley)
    assert (row.person_id, row.sex, row.picks) == (None, None, [needs[0]])
    assert choosing_id


async def test_nothing_is_subtracted_from_what_is_shown_on_two_days(valley: Valley, tmp_path: Path) -> None:
    """Somebody is forgotten, a phone is joined, a need is joined with another: what is shown stays, to the letter."""
    choosing_id, needs, leader = await begun(valley)
    bench, nino, other = (
        Bench(valley, tmp_path / "media"),
        await valley.resident("nino"),
        await valley.resident("nino-2"),
    )
    await choose(nino, "water")
    await choose(other, "water")
    await cast(valley, choosing_id, 3, [needs[0]], Sex.MAN, "60+")
    await cast(valley, choosing_id, 8, [needs[1]], Sex.WOMAN, "25-39")
    await settled(valley)
    before, seen = await result(valley, choosing_id), await _seen(bench, leader)
    assert before.lines[1].shown == Shown(people=5)
    await join(nino, other)
    await nino.send("/forget")
    await nino.tap("Yes")
    async with valley.town.engine.begin() as db:
        await db.execute(ballots.delete().where(ballots.c.sex.is_(None), ballots.c.picks == [needs[0]]))
        await chosen.settle(db, choosing_id=choosing_id, now=valley.town.clock.now())
    valley.town.clock.forward(timedelta(days=1))
    assert await sweep(valley) == 0
    assert await result(valley, choosing_id) == before
    assert await _seen(bench, leader) == seen
    assert all(row.sex is None and row.age_band is None for row in await picks(valley)), "no longer needed"


async def _seen(bench: Bench, leader: Phone) -> tuple[str, bytes]:
    """All that the group is shown, in words and as a picture."""
    await leader.send("/menu")
    await leader.tap("The choosing of the village")
    await leader.tap("the list is there")
    await bench.work(leader)
    messages = (await leader.messages())[-2:]
    photo = next(message.raw["photo"] for message in messages if message.raw.get("photo"))
    return "\n".join(message.text for message in messages), (bench.folder / photo).read_bytes()


async def test_what_became_private_is_on_no_picture_that_is_asked_for_afterwards(
    valley: Valley, tmp_path: Path
) -> None:
    choosing_id, needs, leader = await begun(valley)
    bench = Bench(valley, tmp_path / "media")
    await cast(valley, choosing_id, 9, [needs[0], needs[1]])
    await settled(valley)
    words, picture = await _seen(bench, leader)
    assert WATER in words
    by = By(await valley.person(leader.name), valley.town.clock.now(), "names somebody")
    async with valley.town.engine.begin() as db:
        await sorting.set_standing(db, head=needs[0], standing=Standing.PRIVATE, by=by, seen={needs[0]: 0})
    words, later = await _seen(bench, leader)
    assert WATER not in words
    assert later != picture
    await bench.workshop.drain()
    assert files_in(tmp_path / "media") == 1, "the one before is erased"


async def test_needs_joined_while_it_is_open_are_one_in_the_list(valley: Valley) -> None:
    choosing_id, needs, leader = await begun(valley)
    await cast(valley, choosing_id, 5, [needs[0], needs[1]])
    await cast(valley, choosing_id, 5, [needs[1]])
    by = By(await valley.person(leader.name), valley.town.clock.now(), "the same")
    async with valley.town.engine.begin() as db:
        await sorting.merge(db, into=needs[0], others=[needs[1]], by=by, seen={needs[0]: 0, needs[1]: 0})
    await settled(valley)
    found = await result(valley, choosing_id)
    assert [(line.need, line.shown.people) for line in found.lines] == [(needs[0], 10)]
    assert found.below == (needs[2],)


async def test_who_has_not_chosen_is_asked_once_more_two_days_before(valley: Valley) -> None:
    choosing_id, _needs, _leader = await begun(valley)
    nino, dato = await valley.resident("nino"), await valley.resident("dato")
    await choose(nino, "water")
    valley.town.clock.forward(timedelta(days=5))
    assert await sweep(valley) == 1
    assert "What comes first for you?" in (await dato.last()).text
    assert not any("What comes first for you?" in text for text in (await nino.texts())[-1:])
    assert await sweep(valley) == 0
    assert choosing_id


async def test_nobody_chooses_twice_over_an_old_screen_after_it_closed(valley: Valley) -> None:
    choosing_id, _needs, leader = await begun(valley)
    nino = await valley.resident("nino")
    await nino.send("/menu")
    await nino.tap("Choose what comes first")
    await nino.tap("dark")
    await leader.send("/menu")
    await leader.tap("The choosing of the village")
    await leader.tap("Araguli")
    await leader.tap("Close it now")
    await leader.tap("Yes, close it")
    assert "The choosing is over" in (await nino.tap("Done")).text
    assert await picks(valley) == []
    assert choosing_id


async def test_only_the_group_and_the_coordinator_begin_one(valley: Valley) -> None:
    poll_id, _needs = await told(valley)
    nino = await valley.resident("nino")
    with pytest.raises(Refused, match="not_allowed"):
        await opened(valley, poll_id, nino)
    choosing_id = await opened(valley, poll_id, await valley.coordinator())
    assert len(await valley.rows(select(choosing_needs).where(choosing_needs.c.choosing_id == choosing_id))) == 3
