"""What the groups found of the money of what was promised, whom it helps, and what the focal point said to that."""

from __future__ import annotations

from collections.abc import Sequence

from bot.demo.cast import leader_of
from bot.demo.data import rows
from bot.demo.story import Story
from domain.markers import Level, Proposal
from domain.money import Money, Source, Stage
from domain.people import Role
from storage import promise_markers, promise_money, promises
from storage.ledger import Witness

LOOKED, PROPOSED, ANSWERED = -34, -32, -27  # days


async def look(story: Story, promise_ids: Sequence[int]) -> None:
    """`promise` is the line of promises.csv, from 1 on."""
    for row in rows("budget"):
        promise_id = promise_ids[int(row["promise"]) - 1]
        village = rows("promises")[int(row["promise"]) - 1]["village"]
        by = await leader_of(story, village)
        await _found(story, promise_id, by, row)
        if row["level"]:
            await _propose(story, promise_id, by, row)
        if row["answer"]:
            await _answer(story, promise_id, row)


async def _found(story: Story, promise_id: int, by: int, row: dict[str, str]) -> None:
    day = story.day(LOOKED)
    amount = int(row["amount"]) if row["amount"] else None
    money = Money(Stage(row["stage"]), day.year, True, day, Source.SITE, row["code"], amount)
    at = story.at(LOOKED, 17)
    await promise_money.tell(story.db, promise_id=promise_id, money=money, witness=Witness(by), now=at)


async def _propose(story: Story, promise_id: int, by: int, row: dict[str, str]) -> None:
    told = {name: row[name] or None for name in ("loses", "indicator", "baseline")}
    proposal = Proposal(Level(int(row["level"])), row["why"], row["gains"], **told)
    day, at = story.day(PROPOSED), story.at(PROPOSED, 12)
    await promise_markers.propose(story.db, promise_id=promise_id, person_id=by, proposal=proposal, on=day, now=at)


async def _answer(story: Story, promise_id: int, row: dict[str, str]) -> None:
    focal_point = next(each for each in rows("cast") if each["role"] == Role.FOCAL_POINT)
    number = promise_markers.proposal_number(await promises.dossier(story.db, promise_id=promise_id))
    said = Level(int(row["answer"])), row["answer_why"] or None
    who, day, at = story.people[focal_point["name"]], story.day(ANSWERED), story.at(ANSWERED, 12)
    await promise_markers.answer(
        story.db, promise_id=promise_id, person_id=who, number=number, said=said, on=day, now=at
    )
