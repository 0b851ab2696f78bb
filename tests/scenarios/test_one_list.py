"""From 300 answers to one list: sorted with a joining undone, talked over on three channels, agreed or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.catalogue import everything
from domain.polls import Origin
from storage import heads, sorting
from storage.answers import Answer, Told, take
from storage.heads import Head
from storage.sorting import By
from storage.tables.polls import agreed_items, needs, supports
from tests.stories.three import BRIDGE, LIGHT, WATER, Three, close, seated
from tests.stories.valley import ARAGULI, Valley
from tests.town import Phone, Town

PEOPLE = 300
TOLD = ((BRIDGE, "roads", 5), (LIGHT, "lighting", 3), (WATER, "water", 2))  # of ten answers
Split = tuple[int, int, int]


async def test_three_hundred_answers_become_a_list_that_three_agreed_to(engine: AsyncEngine) -> None:
    valley = Valley(Town(engine, everything()))
    await valley.settle()
    town, before = await sorted_village(valley)
    await talked_over(town)
    await town.vote()
    await town.pass_by(3)  # one member of three has not voted: nobody waits for her longer
    await town.confirm(town.lela, town.gela, town.dato)
    places = [row.need_id for row in await valley.rows(select(agreed_items).order_by(agreed_items.c.place))]
    called = {one.id: one.name for one in await village(valley)}
    assert [called[need_id] for need_id in places] == [BRIDGE, WATER, LIGHT]
    assert before == Counter({BRIDGE: 150, LIGHT: 90, WATER: 60})
    shown = await heard(await valley.town.phone("nino"))
    assert "All three have agreed" in shown
    assert f"1. 🛣️ Roads – {BRIDGE} 👉" in shown
    assert f"Water – {WATER}: from place 3 to place 2" in shown
    assert "“Children walk there at night”" not in shown, "what was not taken up is read in the trail, not in the list"


async def test_or_a_list_that_says_honestly_who_did_not_agree(engine: AsyncEngine) -> None:
    valley = Valley(Town(engine, everything()))
    await valley.settle()
    town, _before = await sorted_village(valley)
    await talked_over(town)
    await town.vote()
    await town.pass_by(3)  # one member of three has not voted: nobody waits for her longer
    await town.confirm(town.lela, town.dato)
    await town.menu(town.gela, "Confirm the list", "No, I do not agree")
    await town.gela.send("The bridge belongs to the region")
    await town.pass_by(9)
    shown = await heard(await valley.town.phone("nino"))
    assert "the list goes on" in shown
    assert "Dato D., deputy): confirmed on" in shown
    assert "does not agree, because “The bridge belongs to the region”" in shown
    assert len(await valley.rows(select(agreed_items))) == 3


async def sorted_village(valley: Valley) -> tuple[Three, Counter[str]]:
    """The group joins what is the same, joins too much once, and takes that back. No voice is lost on the way."""
    poll_id = await valley.poll(ARAGULI, days=0)
    await answered(valley, poll_id)
    await close(valley)
    town = await seated(valley)
    by = By(await valley.person("lela"), valley.town.clock.now(), "they say the same")
    ids: dict[str, list[int]] = {}
    for row in await valley.rows(select(needs.c.id, needs.c.words).order_by(needs.c.id)):
        ids.setdefault(row.words, []).append(row.id)
    before, rows = split(await village(valley)), await number_of_supports(valley)
    for same in ids.values():
        await joined(valley, same[0], same[1:], by)
    wrong = await joined(valley, ids[BRIDGE][0], [ids[LIGHT][0]], by)
    assert len(await village(valley)) == 2
    async with valley.town.engine.begin() as db:
        await sorting.undo(db, act_id=wrong, by=by)
    found = await village(valley)
    assert len(found) == 3
    assert (split(found), await number_of_supports(valley)) == (before, rows)
    return town, Counter({str(one.name): len(one.supporters) for one in found})


async def answered(valley: Valley, poll_id: int) -> None:
    """Most at the door; ten by themselves, who hear of it."""
    lia = await valley.person((await valley.member("lia")).name)
    wishes = [(words, kind) for words, kind, often in TOLD for _time in range(often)]
    for number in range(PEOPLE):
        words, kind = wishes[number % len(wishes)]
        own = await valley.person((await valley.resident(_name(number))).name) if number < len(wishes) else None
        origin, door = (Origin.TELEGRAM, None) if own else (Origin.DOOR_TO_DOOR, lia)
        answer = Answer(poll_id, ARAGULI, origin, own, door, sex="woman" if number % 3 else "man")
        told = [Told(kind=kind, words=words)]
        async with valley.town.engine.begin() as db:
            await take(db, answer=answer, told=told, today=valley.today(), now=valley.town.clock.now())


def _name(number: int) -> str:
    return "nino" if number == 0 else f"resident{number}"


async def joined(valley: Valley, into: int, others: Collection[int], by: By) -> int:
    seen = {one.id: one.version for one in await village(valley) if one.id in {into, *others}}
    async with valley.town.engine.begin() as db:
        return await sorting.merge(db, into=into, others=others, seen=seen, by=by)


async def village(valley: Valley) -> list[Head]:
    async with valley.town.engine.connect() as db:
        return await heads.listed(db, poll_id=1, village_id=ARAGULI)


def split(found: Collection[Head]) -> Split:
    """Everybody told one need, so the heads add up to the village."""
    return sum(one.women for one in found), sum(one.men for one in found), sum(len(one.supporters) for one in found)


async def number_of_supports(valley: Valley) -> int:
    [row] = await valley.rows(select(func.count().label("number")).select_from(supports))
    return int(row.number)


async def talked_over(town: Three) -> None:
    """A move is refused, another is taken up; the trustee is on Viber, the deputy on the web."""
    await town.menu(town.lela)
    for label in (BRIDGE, LIGHT, WATER, "Done", "Gela", "Dato", "7 days", "Yes, open it"):
        await town.lela.tap(label)
    await town.menu(town.gela, "Propose a change", "Strike a need", LIGHT)
    await town.gela.send("There is no money for lamps")
    await town.menu(town.lela, "Answer a proposal", "No")
    await town.lela.send("Children walk there at night")
    await town.menu(town.dato, "Propose a change", "Move a need", WATER, "2")
    await town.dato.send("The school may close")
    await town.menu(town.lela, "Answer a proposal", "Yes, we take it up")
    assert "version 2" in await town.menu(town.gela)


async def heard(phone: Phone) -> str:
    return "\n\n".join(await phone.texts())
