"""Forgetting a person: everything that points at them goes, what is only a number stays.

The row of the person stays as a tombstone, and so do the numbers of what they sent, so that a message that comes twice
recreates nothing. In the turn itself their address moves to a new, empty person: the goodbye can still be delivered,
and who returns returns as a stranger. `bury` takes the address and the goodbye away once it was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import OPEN
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
    promise_erasing,
    rounds,
    slips,
    voices,
    web_devices,
    year,
)
from storage import media as kept_media
from storage import needs as needs_of
from storage.jsontext import dumps
from storage.tables.doors import follows
from storage.tables.passes import passes
from storage.tables.people import addresses, consents, guesses, people
from storage.tables.polls import answers, needs, supports
from storage.tables.roles import roles
from storage.tables.sorting import sortings
from storage.tables.trainings import training_invites
from storage.tables.turns import inbox, media, outbox, runs, work

BLANK = '{"text":""}'
ERASED = '{"text":"…"}'  # stands in somebody else's talk, which goes on
SEEN = timedelta(minutes=10)  # for how long the goodbye can be read in the web chat
BEGINNING = 40  # letters: a button of the desk holds no more of somebody's words
AHEAD = 10_000  # an address goes on counting its messages, whosever it is, so that the web chat misses none


async def erase(db: AsyncConnection, *, person_id: int, now: datetime) -> None:
    """With everybody who turned out to be this person, by another phone of theirs."""
    asleep = await links.asleep(db, person_id=person_id)
    await web_devices.forget(db, person_id=person_id)
    await _let_go(db, person_id, now)
    for each in (person_id, *asleep):
        await _forget(db, each, now)
    await links.forget(db, people_ids=[person_id, *asleep])


async def _forget(db: AsyncConnection, person_id: int, now: datetime) -> None:
    told = ("village_id", "place_note", "sex", "age_band", "welcomed_at", "reminded_at", "language")
    await db.execute(update(people).where(people.c.id == person_id).values(dict.fromkeys(told) | {"erased_at": now}))
    await _forget_answers(db, person_id)
    await ballot_erasing.erase(db, person_id=person_id)
    await _forget_files(db, person_id, now)
    await _forget_talk(db, person_id)
    mine = roles.c.person_id == person_id
    await db.execute(update(roles).where(mine).values(name=None))
    await db.execute(update(roles).where(mine, roles.c.ended_at.is_(None)).values(ended_at=now))
    yes = update(consents).where(consents.c.person_id == person_id, consents.c.withdrawn_at.is_(None))
    await db.execute(yes.values(withdrawn_at=now))
    await db.execute(delete(training_invites).where(training_invites.c.person_id == person_id))
    await db.execute(delete(guesses).where(guesses.c.person_id == person_id))
    await promise_erasing.erase(db, person_id=person_id)
    await fill_erasing.erase(db, person_id=person_id)
    await honesty_erasing.erase(db, person_id=person_id)
    await dialogue_erasing.erase(db, person_id=person_id, now=now)
    await mandate_erasing.erase(db, person_id=person_id)
    await group_erasing.erase(db, person_id=person_id, now=now)
    await _forget_doors(db, person_id, now)
    await year.forget(db, person_id=person_id)
    await db.execute(update(sortings).where(sortings.c.by == person_id).values(by=None, why=None))
    await db.execute(delete(passes).where(passes.c.person_id == person_id))
    await briefs.forget(db, person_id=person_id)
    await meetings.forget(db, person_id=person_id)
    await minutes_erasing.erase(db, person_id=person_id)
    await budget_erasing.erase(db, person_id=person_id, now=now)
    await grant_erasing.erase(db, person_id=person_id)


async def _forget_doors(db: AsyncConnection, person_id: int, now: datetime) -> None:
    """Rounds stay as numbers; slips, follows and recordings of theirs lead nowhere any more."""
    await rounds.forget_member(db, person_id=person_id, now=now)
    await listeners.decline(db, person_id=person_id, now=now)
    await voices.forget_person(db, person_id=person_id)
    await db.execute(delete(follows).where(follows.c.person_id == person_id))


async def _let_go(db: AsyncConnection, person_id: int, now: datetime) -> None:
    seq = (await db.execute(select(people.c.seq).where(people.c.id == person_id))).scalar_one()
    stranger = insert(people).values(created_at=now, seq=seq + AHEAD).returning(people.c.id)
    stranger_id = (await db.execute(stranger)).scalar_one()
    theirs = update(addresses).where(addresses.c.person_id == person_id)
    await db.execute(theirs.values(person_id=stranger_id, renumbered=None))


async def _forget_answers(db: AsyncConnection, person_id: int) -> None:
    """Their voices stay in the counts, without who they are; words that were released are the village's by now."""
    await _forget_copies(db, person_id)
    await slips.void(db, which=answers.c.person_id == person_id)
    mine = select(answers.c.id).where(answers.c.person_id == person_id)
    await db.execute(update(supports).where(supports.c.answer_id.in_(mine)).values(words=None))
    await needs_of.disown(db, needs.c.author_id == person_id)
    nobody = {"person_id": None, "sex": None, "age_band": None}
    await db.execute(update(answers).where(answers.c.person_id == person_id).values(**nobody))
    await db.execute(update(answers).where(answers.c.entered_by == person_id).values(entered_by=None))
    await db.execute(update(answers).where(answers.c.shared_by == person_id).values(shared_by=None))
    await db.execute(update(needs).where(needs.c.released_by == person_id).values(released_by=None))


async def _forget_copies(db: AsyncConnection, person_id: int) -> None:
    """Words that only the desk had read stand in the desk's messages too; everybody's would take seconds to look at."""
    unread = select(needs.c.words).where(needs.c.author_id == person_id, needs.c.state.not_in(OPEN))
    source = supports.join(answers, answers.c.id == supports.c.answer_id)
    own = select(supports.c.words).select_from(source).where(answers.c.person_id == person_id)
    readers = or_(outbox.c.person_id == person_id, outbox.c.person_id.in_(select(roles.c.person_id)))
    heard = await voices.unconfirmed_words(db, person_id=person_id)
    found = [*(await db.execute(unread)).scalars(), *(await db.execute(own)).scalars()]
    for words in {*found, *heard}:
        if words:
            copies = readers & outbox.c.payload.contains(dumps(words[:BEGINNING])[1:-1], autoescape=True)
            unsent = update(outbox).where(copies, outbox.c.status == "pending")
            await db.execute(unsent.values(status="replaced"))
            await db.execute(update(outbox).where(copies, outbox.c.status != "sending").values(payload=ERASED))


async def _forget_files(db: AsyncConnection, person_id: int, now: datetime) -> None:
    unfinished = update(work).where(work.c.person_id == person_id, work.c.status.in_(("new", "doing")))
    await db.execute(unfinished.values(status="done", lease_until=None))
    await db.execute(update(work).where(work.c.person_id == person_id).values(args={}))
    ids = (await db.execute(select(media.c.id).where(media.c.person_id == person_id))).scalars().all()
    await kept_media.erase(db, media_ids=ids, person_id=person_id, now=now)


async def _forget_talk(db: AsyncConnection, person_id: int) -> None:
    mine = inbox.c.person_id == person_id
    await db.execute(update(inbox).where(mine, inbox.c.status.in_(("new", "parked"))).values(status="ignored"))
    await db.execute(update(inbox).where(mine).values(payload="{}"))
    await db.execute(delete(runs).where(runs.c.person_id == person_id))
    unsent = update(outbox).where(outbox.c.person_id == person_id, outbox.c.lane == 1, outbox.c.status == "pending")
    await db.execute(unsent.values(status="replaced"))


async def to_bury(db: AsyncConnection, *, now: datetime) -> Sequence[int]:
    """The forgotten whose goodbye was sent, or given up, and has been there to read for a while."""
    mine = outbox.c.person_id == people.c.id
    waiting = exists().where(mine, outbox.c.status.in_(("pending", "sending")))
    left = exists().where(mine, outbox.c.payload != BLANK)
    query = select(people.c.id).where(people.c.erased_at <= now - SEEN, left, ~waiting)
    return (await db.execute(query)).scalars().all()


async def bury(db: AsyncConnection, *, person_id: int) -> None:
    """The goodbye itself, and the address, unless somebody has come back by it."""
    used = select(outbox.c.address_id).where(outbox.c.person_id == person_id)
    await _detach(db, (await db.execute(used.distinct())).scalars().all())
    mine = outbox.c.person_id == person_id
    await db.execute(update(outbox).where(mine, outbox.c.status == "stream").values(status="replaced"))
    await db.execute(update(outbox).where(mine).values(payload=BLANK, ref=None))
    await db.execute(delete(runs).where(runs.c.person_id == person_id))
    await db.execute(update(people).where(people.c.id == person_id).values(address_id=None, language=None))


async def _detach(db: AsyncConnection, address_ids: Sequence[int]) -> None:
    """A web address is the digest of a random cookie and names nobody; its page may be open still, and goes on
    counting from where it stands, so it is left to the stranger."""
    came_back = exists().where(inbox.c.person_id == addresses.c.person_id)
    unused = and_(~came_back, addresses.c.channel != "web", addresses.c.channel.not_like("web:%"))
    for address_id in address_ids:
        gone: dict[str, Any] = {"external": f"erased:{address_id}", "tokens": None, "paced_at": None}
        await db.execute(update(addresses).where(addresses.c.id == address_id, unused).values(**gone))


async def next_to_bury(db: AsyncConnection) -> datetime | None:
    mine = outbox.c.person_id == people.c.id
    left = exists().where(mine, outbox.c.payload != BLANK)
    query = select(people.c.erased_at).where(people.c.erased_at.is_not(None), left).order_by(people.c.erased_at)
    first: datetime | None = (await db.execute(query.limit(1))).scalar()
    return None if first is None else first + SEEN
