"""Two round tables of this year, what was promised there, and what was said and seen of it since."""

from __future__ import annotations

from collections.abc import Iterator

from bot.demo import budget
from bot.demo.cast import leader_of
from bot.demo.data import rows
from bot.demo.story import Story
from domain.promises import Axis, Finding, Word
from scheduler import promise_reminders
from storage import promise_recording, promises
from storage.ledger import Witness
from storage.promises import NewPromise

SPEAKER = "official"


async def hold(story: Story) -> None:
    speaker = next(row for row in rows("cast") if row["phone"] == SPEAKER)
    made: list[int] = []
    for row in rows("promises"):
        promise_id = await _record(story, row, speaker)
        made.append(promise_id)
        for axis, value, day in _events(row["story"]):
            await _event(story, promise_id, row, Axis(axis), value, day)
    await budget.look(story, made)
    # Whoever was to be asked before today was asked.
    await promise_reminders.sweep(story.db, story.at(-1, 20), story.zone)


async def ask(story: Story) -> None:
    """This morning a promise was due a week ago: the group and the office find the question."""
    await promise_reminders.sweep(story.db, story.start, story.zone)


async def _record(story: Story, row: dict[str, str], speaker: dict[str, str]) -> int:
    new = NewPromise(
        story.community_id(row["community"]),
        story.village_id(row["village"]),
        None,
        row["kind"],
        speaker["name"],
        speaker["office"],
        row["words"],
        story.day(int(row["made"])),
        story.day(int(row["due"])),
    )
    made_at, by = story.at(int(row["made"]), 16), await leader_of(story, row["village"])
    promise_id = await promise_recording.record(story.db, new=new, person_id=by, now=made_at, zone=story.zone)
    confirmed_at = story.at(int(row["made"]) + 1, 11)
    await promises.confirm(story.db, promise_id=promise_id, person_id=story.people[SPEAKER], now=confirmed_at)
    return promise_id


def _events(text: str) -> Iterator[tuple[str, str, int]]:
    for event in text.split():
        axis, value, day = event.split(":")
        yield axis, value, int(day)


async def _event(story: Story, promise_id: int, row: dict[str, str], axis: Axis, value: str, day: int) -> None:
    at = story.at(day, 15)
    if axis is Axis.OFFICIAL:
        await promises.say(
            story.db,
            promise_id=promise_id,
            word=Word(value),
            witness=Witness(story.people[SPEAKER]),
            why=None,
            new_due=None,
            now=at,
            zone=story.zone,
        )
    else:
        witness = Witness(await leader_of(story, row["village"]))
        await promises.see(
            story.db, promise_id=promise_id, finding=Finding(value), witness=witness, now=at, zone=story.zone
        )
