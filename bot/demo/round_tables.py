"""Two round tables of this year, what was promised there, and what was said and seen of it since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.demo import budget, grant, spring
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
    needs, made = await spring.choose(story), list[int]()
    for row in rows("promises"):
        promise_id = await _record(story, row, speaker, needs.get((row["village"], row["kind"])))
        made.append(promise_id)
        for event in _events(row["story"]):
            await _event(story, promise_id, row, event)
    await budget.look(story, made)
    await grant.give(story, needs)
    # Whoever was to be asked before today was asked.
    await promise_reminders.sweep(story.db, story.at(-1, 20), story.zone)


async def ask(story: Story) -> None:
    """This morning a promise was due a week ago: the group and the office find the question."""
    await promise_reminders.sweep(story.db, story.start, story.zone)


async def _record(story: Story, row: dict[str, str], speaker: dict[str, str], need_id: int | None) -> int:
    new = NewPromise(
        story.community_id(row["community"]),
        story.village_id(row["village"]),
        need_id,
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


@dataclass(frozen=True)
class Event:
    """`group:done:-48:ხათუნა`: who said or saw what, on which day; the group's leader where no name stands."""

    axis: Axis
    value: str
    day: int
    name: str = ""


def _events(text: str) -> Iterator[Event]:
    for event in text.split():
        axis, value, day, *name = event.split(":")
        yield Event(Axis(axis), value, int(day), *name)


async def _event(story: Story, promise_id: int, row: dict[str, str], event: Event) -> None:
    at = story.at(event.day, 15)
    if event.axis is Axis.OFFICIAL:
        await promises.say(
            story.db,
            promise_id=promise_id,
            word=Word(event.value),
            witness=Witness(story.people[SPEAKER]),
            why=None,
            new_due=None,
            now=at,
            zone=story.zone,
        )
    else:
        who = story.people[event.name] if event.name else await leader_of(story, row["village"])
        await promises.see(
            story.db, promise_id=promise_id, finding=Finding(event.value), witness=Witness(who), now=at, zone=story.zone
        )
