"""Everything that is kept about one person, for their own eyes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import (
    ballot_erasing,
    briefs,
    budget_erasing,
    dialogue_erasing,
    fill_erasing,
    grant_erasing,
    group_erasing,
    honesty_erasing,
    links,
    listeners,
    mandate_erasing,
    meetings,
    minutes_erasing,
    needs,
    place_follows,
    places,
    promise_erasing,
    promise_helpers,
    promise_photos,
)
from storage.places import Village
from storage.tables.doors import follows, rounds
from storage.tables.forms import fill_answers, fills
from storage.tables.people import addresses, consents, people
from storage.tables.polls import answers, polls
from storage.tables.roles import roles
from storage.tables.sorting import sortings
from storage.tables.trainings import training_invites
from storage.tables.turns import inbox, media
from storage.tables.years import year_marks


@dataclass(frozen=True, slots=True)
class Kept:
    person: Row[Any]
    village: Village | None
    channels: list[str]
    joined: bool  # by several phones that turned out to be one person's
    consents: Sequence[Row[Any]]
    roles: Sequence[Row[Any]]
    answers: list[tuple[Any, Sequence[Any]]]
    promises: list[Any]
    forms: list[Any]
    shared_answers: int
    households: int
    trainings: int
    group_answers: int
    entered: int
    honesty: Mapping[str, int]
    files: int
    messages: int
    rounds: int
    guests: int
    follows: int
    listens_as: str | None
    year_marks: int
    sortings: int
    choosings: Mapping[str, int]
    dialogues: int
    colleague_as: str | None
    stood_as: str | None
    deeds: int
    stepped: bool
    brief_sections: int
    promises_followed: int
    promises_helped: int
    places_followed: int
    photos_looked_at: int
    meeting_entries: int
    minutes: int
    budgets: int
    grants: int


async def about(db: AsyncConnection, *, person_id: int) -> Kept:
    person = (await db.execute(select(people).where(people.c.id == person_id))).one()
    village = await places.village(db, village_id=person.village_id) if person.village_id else None
    channels = select(addresses.c.channel).where(addresses.c.person_id == person_id).order_by(addresses.c.id)
    asleep = await links.asleep(db, person_id=person_id)
    everyone = [person_id, *asleep]
    given = select(consents).where(consents.c.person_id.in_(everyone)).order_by(consents.c.id)
    held = select(roles).where(roles.c.person_id == person_id, roles.c.ended_at.is_(None)).order_by(roles.c.id)
    return Kept(
        person=person,
        village=village,
        channels=[channel.partition(":")[0] for channel in (await db.execute(channels)).scalars()],
        joined=bool(asleep),
        consents=(await db.execute(given)).all(),
        roles=(await db.execute(held)).all(),
        answers=[answer for each in everyone for answer in await _answers(db, each)],
        promises=await promise_erasing.told_by(db, person_id=person_id),
        forms=list(await fill_erasing.filled_by(db, person_id=person_id)),
        shared_answers=await _count(db, fill_answers, fill_erasing.in_common(person_id)),
        households=await _count(db, fills, fills.c.entered_by == person_id),
        trainings=await _count(db, training_invites, training_invites.c.person_id == person_id),
        group_answers=await group_erasing.answers_of(db, person_id=person_id),
        entered=await _count(db, answers, answers.c.entered_by == person_id),
        honesty=await honesty_erasing.traces(db, person_id=person_id),
        files=await _count(db, media, media.c.person_id.in_(everyone)),
        messages=await _count(db, inbox, inbox.c.person_id.in_(everyone) & (inbox.c.channel != "self")),
        rounds=await _count(db, rounds, rounds.c.member_id == person_id),
        guests=await _count(db, answers, answers.c.shared_by == person_id),
        follows=await _count(db, follows, follows.c.person_id == person_id),
        listens_as=await listeners.called(db, person_id=person_id),
        year_marks=await _count(db, year_marks, year_marks.c.marked_by == person_id),
        sortings=await _count(db, sortings, sortings.c.by == person_id),
        choosings=await ballot_erasing.traces(db, person_id=person_id),
        dialogues=await dialogue_erasing.done_by(db, person_id=person_id),
        colleague_as=await dialogue_erasing.colleague_as(db, person_id=person_id),
        stood_as=await mandate_erasing.stood_as(db, person_id=person_id),
        deeds=await mandate_erasing.deeds_told(db, person_id=person_id),
        stepped=await mandate_erasing.stepped(db, person_id=person_id),
        brief_sections=await briefs.written_by(db, person_id=person_id),
        promises_followed=await promise_erasing.followed_by(db, person_id=person_id),
        promises_helped=len(await promise_helpers.followed(db, person_id=person_id)),
        places_followed=await place_follows.count(db, person_id=person_id),
        photos_looked_at=await promise_photos.looked_at_by(db, person_id=person_id),
        meeting_entries=await meetings.entered_by(db, person_id=person_id),
        minutes=await minutes_erasing.of(db, person_id=person_id),
        budgets=await budget_erasing.of(db, person_id=person_id),
        grants=await grant_erasing.told_by(db, person_id=person_id),
    )


async def _answers(db: AsyncConnection, person_id: int) -> list[tuple[Any, Sequence[Any]]]:
    query = select(answers.c.poll_id, answers.c.answered_at, answers.c.state, polls.c.opens)
    query = query.join(polls, polls.c.id == answers.c.poll_id).where(answers.c.person_id == person_id)
    rows = (await db.execute(query.order_by(answers.c.id))).all()
    return [(row, await needs.of_answer(db, poll_id=row.poll_id, person_id=person_id)) for row in rows]


async def _count(db: AsyncConnection, table: Any, which: Any) -> int:
    return int((await db.execute(select(func.count()).select_from(table).where(which))).scalar_one())
