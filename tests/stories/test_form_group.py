"""A group answers a long form together; a member carries one from house to house."""

from __future__ import annotations

import json

from sqlalchemy import select

from domain.forms.calls import Mode
from storage.tables.forms import fill_answers, fill_sections, fills
from tests.stories.forms import md, put
from tests.stories.valley import Valley
from tests.town import Phone

PROFILE = md(
    "begin group | people | People",
    "integer | homes | How many homes?",
    "integer | women | How many women?",
    "end group | |",
    "begin group | water | Water",
    "text | spring | Where is the spring?",
    "end group | |",
)


async def member(valley: Valley, name: str, call: int) -> Phone:
    phone = await valley.member(name)
    await phone.start(f"f{call}")
    await phone.tap("Let us begin")
    return phone


async def test_two_members_divide_the_parts_and_the_third_look_ends_it(valley: Valley) -> None:
    call = await put(valley, PROFILE, Mode.GROUP)
    manana, leila = await member(valley, "manana", call), await member(valley, "leila", call)
    part = await manana.tap("1. People")
    assert "Part 1 of 2: People" in part.text
    board = await leila.send("/back")
    assert not any("1. People" in label for label, _data in board.buttons), "it is in Manana's hands"
    await leila.tap("2. Water")
    await manana.tap("told (press")
    await manana.tap("estimated (press")
    await manana.send("60")
    await leila.send("Below the church")
    seen = (await leila.last()).text
    assert "✎ 1. People · 50 % · another member" in seen, "what is open is seen, and in whose hands"
    assert "✓ 2. Water" in seen
    assert "60" not in seen, "not what was answered"
    done = await manana.send("90")
    assert "2 of 2 parts are done, 100 %" in done.text
    await manana.tap("Look at everything")
    assert "finished" in (await manana.tap("it is ready")).text
    rows = {row.ref: row for row in await valley.rows(select(fill_answers))}
    assert (rows["/form/people/homes"].known, rows["/form/people/homes"].person_id) == (
        "counted",
        await valley.person("manana"),
    )
    assert rows["/form/water/spring"].person_id == await valley.person("leila")
    assert [row.state for row in await valley.rows(select(fills))] == ["done"]


async def test_a_part_left_in_the_middle_is_gone_on_with(valley: Valley) -> None:
    call = await put(valley, PROFILE, Mode.GROUP)
    manana = await member(valley, "manana", call)
    await manana.tap("1. People")
    await manana.send("60")
    await manana.send("/cancel")
    await manana.send("/menu")
    await manana.tap("Forms")
    assert "How many women?" in (await manana.tap("✎ 1. People · 50 %")).text
    assert len(await valley.rows(select(fill_sections))) == 1


HOUSE = md(
    "text | street | Which street?",
    "text | need | What is needed?",
)


async def test_from_house_to_house_with_the_same_opening_answers(valley: Valley) -> None:
    call = await put(valley, HOUSE, Mode.HOUSEHOLD)
    manana = await member(valley, "manana", call)
    await manana.tap("Araguli")
    await manana.tap("Yes, they agree")
    await manana.send("Church street")
    await manana.send("Water")
    await manana.tap("it is ready")
    await manana.tap("Yes, one more")
    await manana.tap("Yes, they agree")
    await manana.tap("Which street?")
    assert "What is needed?" in (await manana.tap("Done (1)")).text
    await manana.send("Light")
    await manana.tap("it is ready")
    await manana.tap("Yes, one more")
    await manana.tap("Yes, they agree")
    assert "What is needed?" in (await manana.tap("↻ Yes, the same")).text
    await manana.send("Roads")
    await manana.tap("it is ready")
    assert "door to door" in (await manana.tap("that is all")).text
    rows = await valley.rows(select(fills).order_by(fills.c.id))
    assert [json.loads(row.answers)["a"]["values"]["/form/street"] for row in rows] == ["Church street"] * 3
    assert {row.entered_by for row in rows} == {await valley.person("manana")}
    assert all(row.person_id is None and row.consent_version for row in rows)


async def test_without_a_yes_nothing_is_written_down(valley: Valley) -> None:
    call = await put(valley, HOUSE, Mode.HOUSEHOLD)
    manana = await member(valley, "manana", call)
    await manana.tap("Araguli")
    assert "Nothing is written down" in (await manana.tap("No")).text
    assert await valley.rows(select(fills)) == []


async def test_a_resident_of_elsewhere_is_not_in_the_group(valley: Valley) -> None:
    call = await put(valley, PROFILE, Mode.GROUP)
    nino = await valley.resident("nino")
    assert "Only those who were asked" in (await nino.start(f"f{call}")).text
