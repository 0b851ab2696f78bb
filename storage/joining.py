"""Two people turn out to be one: one stays, the other sleeps, and all that was theirs is brought together.

docs/adr/0030-two-phones-are-one-person.md says for each table what becomes of it; a test holds the list whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.linking import Account, who_stays
from storage import joined_answers, joined_ballots, joined_duties, joined_runs, links
from storage.jsontext import dumps
from storage.link_trace import Trace
from storage.new_rows import insert_new
from storage.tables.assemblies import assemblies, assembly_outcomes
from storage.tables.board import promise_photos
from storage.tables.briefs import brief_sections
from storage.tables.choosings import ballots
from storage.tables.dialogues import colleagues, dialogue_actors, dialogue_questions
from storage.tables.doors import rounds
from storage.tables.forms import fill_answers, fill_sections, fills
from storage.tables.gender_budgets import budget_receivers, budget_sendings
from storage.tables.grants import grant_calls, grant_links, grant_tellers
from storage.tables.group_chats import group_codes, group_posts
from storage.tables.group_rules import escalations
from storage.tables.honesty import asked_again, flag_decisions, household_codes
from storage.tables.links import link_codes
from storage.tables.mandates import candidates, deeds, steps
from storage.tables.meetings import meeting_actors, meetings
from storage.tables.minutes import minutes_authors, minutes_forms, minutes_receivers
from storage.tables.people import addresses, people
from storage.tables.polls import answers, needs
from storage.tables.promise_helpers import promise_helpers
from storage.tables.promises import promise_witnesses
from storage.tables.roles import invitations
from storage.tables.sorting import sortings
from storage.tables.turns import SELF, inbox
from storage.tables.voices import listeners, voices
from storage.tables.years import year_marks

# Columns whose rows simply name the one who stays from then on: something is decided by whom they name.
NAMED = (
    brief_sections.c.author_id,
    needs.c.author_id,
    answers.c.entered_by,
    ballots.c.entered_by,
    asked_again.c.entered_by,
    asked_again.c.taken_by,
    flag_decisions.c.decided_by,
    escalations.c.asked_by,
    fill_answers.c.person_id,
    fill_sections.c.person_id,
    fills.c.entered_by,
    group_codes.c.made_by,
    group_posts.c.asked_by,
    household_codes.c.made_by,
    household_codes.c.used_by,
    household_codes.c.voided_by,
    invitations.c.created_by,
    invitations.c.used_by,
    listeners.c.named_by,
    promise_helpers.c.made_by,
    promise_helpers.c.person_id,
    promise_photos.c.looked_by,
    promise_witnesses.c.person_id,
    rounds.c.member_id,
    voices.c.listener_id,
    voices.c.speaker_id,
    sortings.c.by,
    year_marks.c.marked_by,
    meeting_actors.c.person_id,
    meetings.c.secretary_id,
    minutes_authors.c.person_id,
    minutes_receivers.c.person_id,
    minutes_forms.c.set_by,
    budget_receivers.c.person_id,
    budget_sendings.c.sent_by,
    assemblies.c.set_by,
    assembly_outcomes.c.told_by,
    colleagues.c.person_id,
    dialogue_actors.c.person_id,
    candidates.c.person_id,
    deeds.c.told_by,
    steps.c.person_id,
    steps.c.successor_id,
    dialogue_questions.c.answered_by,
    dialogue_questions.c.asked_by,
    grant_calls.c.opened_by,
    grant_links.c.made_by,
    grant_tellers.c.person_id,
)
TOLD_OF_SELF = ("village_id", "place_note", "sex", "age_band", "welcomed_at")


async def join(db: AsyncConnection, *, code_id: int, person_id: int, now: datetime) -> None:
    """`person_id` typed the code. Both hear of it, each at their own addresses."""
    showed_id = (await db.execute(select(link_codes.c.person_id).where(link_codes.c.id == code_id))).scalar()
    pair = None if showed_id is None else await lock(db, showed_id, person_id)
    if pair is None:
        return await tell(db, f"joined:{code_id}", person_id, None, {"joined": None}, now)
    showed, typed = pair
    if showed.id == typed.id:
        return  # each typed the other's code at once, and the first of the two has joined them
    there, here = await _addresses(db, showed.id), await _addresses(db, typed.id)
    link_id, stays_id = await _bring_together(db, showed, typed, now)
    for role, told, others in (("typed", _last(here, typed), there), ("showed", there, here)):
        said = {"joined": {"as": role, "others": [links.kind_of(other.channel) for other in others]}}
        for address in told:
            await tell(db, f"joined:{link_id}", stays_id, address.id, said, now)


async def lock(db: AsyncConnection, one: int, other: int) -> tuple[Row[Any], Row[Any]] | None:
    """Both, or whoever they sleep in; always in the order of their numbers, so that two who join each other at once
    do not wait for each other. None where one of them has asked to be forgotten."""
    while True:
        ids = [await links.awake(db, person_id=each) for each in (one, other)]
        query = select(people).where(people.c.id.in_(ids)).order_by(people.c.id).with_for_update()
        found = {row.id: row for row in await db.execute(query)}
        if ids == [await links.awake(db, person_id=each) for each in ids]:
            break
    if any(row.erased_at is not None for row in found.values()):
        return None
    return found[ids[0]], found[ids[1]]


async def tell(
    db: AsyncConnection, thing: str, person_id: int, address_id: int | None, said: dict[str, Any], now: datetime
) -> None:
    """At that address, or where they wrote last."""
    row = {"channel": SELF, "external_id": f"{thing}>{person_id}:{address_id}", "person_id": person_id}
    row |= {"address_id": address_id, "payload": dumps(said), "received_at": now, "status": "new"}
    await db.execute(insert_new(db.dialect, inbox), [row])


async def _addresses(db: AsyncConnection, person_id: int) -> Sequence[Row[Any]]:
    query = select(addresses).where(addresses.c.person_id == person_id).order_by(addresses.c.id)
    return (await db.execute(query)).all()


def _last(doors: Sequence[Row[Any]], person: Row[Any]) -> list[Row[Any]]:
    return [door for door in doors if door.id == person.address_id] or list(doors[:1])


async def _bring_together(db: AsyncConnection, showed: Row[Any], typed: Row[Any], now: datetime) -> tuple[int, int]:
    """(the joining, who stays)"""
    rows = {row.id: row for row in (showed, typed)}
    first, second = who_stays(*(Account(row.id, row.welcomed_at) for row in (showed, typed)))
    stays, sleeps = rows[first.person_id], rows[second.person_id]
    link_id = await links.begin(db, person_id=stays.id, joined_id=sleeps.id, now=now)
    trace = Trace(db, link_id)
    home = stays.village_id or sleeps.village_id
    await joined_answers.bring(db, trace, stays_id=stays.id, sleeps_id=sleeps.id, home=home)
    await joined_ballots.bring(db, trace, stays_id=stays.id, sleeps_id=sleeps.id)
    await joined_duties.bring(db, trace, stays_id=stays.id, sleeps_id=sleeps.id, now=now)
    for column in NAMED:
        await trace.change_all(column, sleeps.id, stays.id)
    await _bring_person(trace, stays, sleeps)
    await trace.change(people.c.address_id, {"id": stays.id}, stays.address_id, typed.address_id)
    seq, staying, moved = await joined_runs.bring(db, trace, stays=stays, sleeps=sleeps)
    await db.execute(update(people).where(people.c.id == stays.id).values(seq=seq))
    await _renumber(db, stays.id, [stays.seq, staying])
    await _renumber(db, sleeps.id, [sleeps.seq, moved])
    await _bring_addresses(db, trace, stays.id, sleeps.id)
    await trace.keep()
    return link_id, stays.id


async def _bring_person(trace: Trace, stays: Row[Any], sleeps: Row[Any]) -> None:
    """What the one who stays told stands; only what they never told is taken over. The sleeper is nobody's neighbour
    meanwhile: not asked, not counted, not written to."""
    nowhere = stays.village_id is None and (sleeps.village_id is not None or stays.place_note is None)
    lacking = [name for name in ("sex", "age_band", "language") if getattr(stays, name) is None]
    for name in [*lacking, *(("village_id", "place_note") if nowhere else ())]:
        await trace.change(people.c[name], {"id": stays.id}, getattr(stays, name), getattr(sleeps, name))
    reminded = [each for each in (stays.reminded_at, sleeps.reminded_at) if each is not None]
    await trace.change(people.c.reminded_at, {"id": stays.id}, stays.reminded_at, max(reminded, default=None))
    for name in TOLD_OF_SELF:
        await trace.change(people.c[name], {"id": sleeps.id}, getattr(sleeps, name), None)


async def _renumber(db: AsyncConnection, person_id: int, numbers: list[Any]) -> None:
    """What the buttons shown at these addresses mean from now on."""
    for address in await _addresses(db, person_id):
        known = [*(address.renumbered or []), numbers]
        await db.execute(update(addresses).where(addresses.c.id == address.id).values(renumbered=known))


async def _bring_addresses(db: AsyncConnection, trace: Trace, stays_id: int, sleeps_id: int) -> None:
    """With the words that came by them, so that a web page finds its whole talk again."""
    for address in await _addresses(db, sleeps_id):
        await trace.change(addresses.c.person_id, {"id": address.id}, sleeps_id, stays_id)
        await take_words(db, address_id=address.id, of=sleeps_id, to=stays_id)


async def take_words(db: AsyncConnection, *, address_id: int, of: int, to: int) -> None:
    theirs = update(inbox).where(inbox.c.person_id == of, inbox.c.address_id == address_id)
    await db.execute(theirs.values(person_id=to))
