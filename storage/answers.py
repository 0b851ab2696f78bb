"""What each person told in a poll: one answer for each account, with the needs it stands behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain import polls as rules
from domain.needs import AT_MOST, Life
from domain.people import Action
from domain.polls import Origin
from domain.refusal import Refused
from storage import answer_changes, answer_states, household_codes, links, reach, slips, voices
from storage import needs as needs_of
from storage import polls as kept_polls
from storage.new_rows import insert_new
from storage.tables.people import people
from storage.tables.polls import answers, needs, poll_villages, polls, supports
from storage.tables.roles import invitations, roles

COMPLETE, PARTIAL, RESTING = answer_states.COMPLETE, answer_states.PARTIAL, answer_states.RESTING
COLUMNS = (
    "poll_id", "village_id", "origin", "person_id", "entered_by", "sex", "age_band", "consent_version", "shared_by",
)  # fmt: skip


class Told(TypedDict, total=False):
    """One need as somebody told it; `behind` is the need of a neighbour that they stand behind instead, `voice` a
    recording {"voice": media id, "listener": person id} whose words are yet to be typed."""

    kind: str
    words: str | None
    suffers: str | None
    photo: str | None
    location: list[float] | None
    behind: int | None
    voice: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers, and how the answer came; `shared_by` is whose phone somebody without an account used."""

    poll_id: int
    village_id: int
    origin: Origin
    person_id: int | None = None
    entered_by: int | None = None
    sex: str | None = None
    age_band: str | None = None
    consent_version: str | None = None
    shared_by: int | None = None
    code_id: int | None = None  # the household code with which it came over the web


async def origin_of(db: AsyncConnection, *, person_id: int, channel: str) -> Origin:
    """A visitor of the open web is no account, unless they came by an invitation or are known by a role.

    With a household code of the poll their answer is counted as well: `of_person` looks for it.
    """
    kind, _, bot = channel.partition(":")
    if kind != "web":
        return Origin(kind) if kind in (Origin.TELEGRAM, Origin.VIBER) else Origin.WEB
    if bot or await _known(db, person_id):
        return Origin.WEB
    return Origin.OPEN_WEB


async def _known(db: AsyncConnection, person_id: int) -> bool:
    held = exists().where(roles.c.person_id == person_id)
    invited = exists().where(invitations.c.used_by == person_id)
    return bool((await db.execute(select(or_(held, invited)))).scalar())


async def of_person(db: AsyncConnection, *, person_id: int, channel: str, poll_id: int, village_id: int) -> Answer:
    """An answer with what this person chose to tell of themselves."""
    row = (await db.execute(select(people.c.sex, people.c.age_band).where(people.c.id == person_id))).one()
    origin, code_id = await origin_of(db, person_id=person_id, channel=channel), None
    if origin is Origin.OPEN_WEB:
        code_id = await household_codes.held(db, person_id=person_id, poll_id=poll_id, village_id=village_id)
        origin = origin if code_id is None else Origin.WEB
    return Answer(poll_id, village_id, origin, person_id, None, row.sex, row.age_band, code_id=code_id)


async def save(db: AsyncConnection, *, answer: Answer, told: Sequence[Told], today: date, now: datetime) -> str:
    """Keeps the whole answer; one that came too late is kept as partial. Answers the state it was kept in."""
    return (await take(db, answer=answer, told=told, today=today, now=now))[0]


async def take(
    db: AsyncConnection, *, answer: Answer, told: Sequence[Told], today: date, now: datetime
) -> tuple[str, int]:
    """`save`, for who goes on with the answer: (state, answer id)."""
    poll = (await kept_polls.poll(db, poll_id=answer.poll_id, within=(answer.village_id,))).rules
    if answer.village_id not in poll.villages:
        raise Refused("poll_elsewhere")
    if answer.entered_by is not None:
        by, door = answer.entered_by, Action.ENTER_NEIGHBOUR
        await reach.require(db, person_id=by, action=door, village_id=answer.village_id)
    state = COMPLETE if rules.state(poll, today) is rules.State.OPEN else PARTIAL
    if answer.person_id is not None:
        await answer_changes.note(db, person_id=answer.person_id, now=now)
    return state, await keep(db, answer=answer, told=told, state=state, now=now)


async def keep(db: AsyncConnection, *, answer: Answer, told: Sequence[Told], state: str, now: datetime) -> int:
    """What was kept as partial gives way to the whole; what is whole already is never kept twice. The answer's id."""
    if answer.person_id is not None:
        await _make_way(db, answer.poll_id, answer.person_id, state)
    row = {name: getattr(answer, name) for name in COLUMNS} | {"state": state, "answered_at": now}
    answer_id = int((await db.execute(insert(answers).values(**row).returning(answers.c.id))).scalar_one())
    if answer.code_id is not None:
        await household_codes.came_with(db, answer_id=answer_id, code_id=answer.code_id)
    for one in told[:AT_MOST]:
        await _tell(db, answer, answer_id, one, now)
    return answer_id


async def guests_since(db: AsyncConnection, *, person_id: int, since: datetime) -> int:
    """How many other people have answered on this person's phone."""
    query = select(func.count()).select_from(answers).where(answers.c.shared_by == person_id)
    return int((await db.execute(query.where(answers.c.answered_at >= since))).scalar_one())


async def had_guests(db: AsyncConnection, *, person_id: int) -> bool:
    query = select(answers.c.id).where(answers.c.shared_by == person_id).limit(1)
    return (await db.execute(query)).first() is not None


async def remove_entered(db: AsyncConnection, *, answer_id: int, by: int, today: date) -> None:
    """What a member wrote down by mistake, while the poll is open."""
    query = select(answers.c.poll_id, answers.c.village_id).where(answers.c.id == answer_id, answers.c.entered_by == by)
    row = (await db.execute(query)).first()
    if row is None:
        raise Refused("gone")
    poll = (await kept_polls.poll(db, poll_id=row.poll_id, within=(row.village_id,))).rules
    rules.require_answerable(poll, row.village_id, today)
    await _remove(db, [answer_id])


async def _make_way(db: AsyncConnection, poll_id: int, person_id: int, state: str) -> None:
    before = await mine(db, poll_id=poll_id, person_id=person_id)
    if before is None:
        return
    if before.state == COMPLETE or state == PARTIAL:
        raise Refused("already_answered")
    await _remove(db, [before.id, *await _resting(db, poll_id, person_id)])


async def add(db: AsyncConnection, *, answer: Answer, told: Told, today: date, now: datetime) -> None:
    """One more need beside those already told."""
    before = await _changeable(db, answer.poll_id, answer.person_id, today)
    if await _count(db, before) >= AT_MOST:
        raise Refused("enough_needs", most=AT_MOST)
    if answer.person_id is not None:
        await answer_changes.note(db, person_id=answer.person_id, now=now)
    await _tell(db, answer, before, told, now)
    await db.execute(update(answers).where(answers.c.id == before).values(looked_at=None))


async def take_back(
    db: AsyncConnection, *, poll_id: int, person_id: int, need_id: int, today: date, now: datetime
) -> None:
    mine = [await _changeable(db, poll_id, person_id, today), *await _resting(db, poll_id, person_id)]
    await answer_changes.note(db, person_id=person_id, now=now)
    await _leave(db, mine, supports.c.need_id == need_id)


async def withdraw(db: AsyncConnection, *, poll_id: int, person_id: int, today: date, now: datetime) -> None:
    mine = await _changeable(db, poll_id, person_id, today)
    await answer_changes.note(db, person_id=person_id, now=now)
    await _remove(db, [mine, *await _resting(db, poll_id, person_id)])


async def _resting(db: AsyncConnection, poll_id: int, person_id: int) -> list[int]:
    """What one takes back is taken back by all phones that are one."""
    asleep = await links.asleep(db, person_id=person_id)
    query = select(answers.c.id).where(answers.c.poll_id == poll_id, answers.c.person_id.in_(asleep))
    return list((await db.execute(query.where(answers.c.state == RESTING))).scalars()) if asleep else []


async def _changeable(db: AsyncConnection, poll_id: int, person_id: int | None, today: date) -> int:
    """Answers can be changed until the poll closes."""
    before = None if person_id is None else await mine(db, poll_id=poll_id, person_id=person_id)
    if before is None:
        raise Refused("gone")
    poll = (await kept_polls.poll(db, poll_id=poll_id, within=(before.village_id,))).rules
    rules.require_answerable(poll, before.village_id, today)
    return int(before.id)


async def mine(db: AsyncConnection, *, poll_id: int, person_id: int) -> Any:
    query = select(answers.c.id, answers.c.state, answers.c.village_id)
    return (await db.execute(query.where(answers.c.poll_id == poll_id, answers.c.person_id == person_id))).first()


async def awaited(db: AsyncConnection, *, person_id: int, village_id: int | None) -> bool:
    """Whether a poll of this village, open or announced, has no whole answer of theirs."""
    whole = exists().where(
        answers.c.poll_id == polls.c.id, answers.c.person_id == person_id, answers.c.state == COMPLETE
    )
    query = select(polls.c.id).join(poll_villages).where(poll_villages.c.village_id == village_id, ~whole)
    query = query.where(polls.c.closed_at.is_(None), polls.c.settled_at.is_(None))
    return village_id is not None and (await db.execute(query)).first() is not None


async def changeable(db: AsyncConnection, *, person_id: int) -> int | None:
    """The newest poll that is not over and that this person answered."""
    query = select(polls.c.id).join(answers, answers.c.poll_id == polls.c.id).where(answers.c.person_id == person_id)
    query = query.where(polls.c.closed_at.is_(None), polls.c.settled_at.is_(None)).order_by(polls.c.id.desc())
    found: int | None = (await db.execute(query)).scalar()
    return found


async def _count(db: AsyncConnection, answer_id: int) -> int:
    return len((await db.execute(select(supports.c.id).where(supports.c.answer_id == answer_id))).all())


async def _tell(db: AsyncConnection, answer: Answer, answer_id: int, told: Told, now: datetime) -> None:
    need_id = await _standing(db, answer, told.get("behind"))
    own = need_id is None
    if need_id is None:
        need_id = await _new_need(db, answer, answer_id, told, now)
    row = {"need_id": need_id, "answer_id": answer_id, "suffers": told.get("suffers")}
    words = None if own else told.get("words")
    await db.execute(insert_new(db.dialect, supports), [{**row, "words": words}])
    if own and (recording := told.get("voice")):
        speaker_id = answer.person_id or answer.entered_by
        said = voices.Said(recording["voice"], recording["listener"], speaker_id, answer_id, need_id)
        await voices.keep(db, said=said, now=now)


async def _standing(db: AsyncConnection, answer: Answer, need_id: int | None) -> int | None:
    """The neighbour's need, if it still stands in this village."""
    query = select(needs.c.id).where(needs.c.id == need_id, needs.c.state != Life.HIDDEN)
    here = (needs.c.poll_id == answer.poll_id, needs.c.village_id == answer.village_id)
    found: int | None = (await db.execute(query.where(*here))).scalar()
    return found


async def _new_need(db: AsyncConnection, answer: Answer, answer_id: int, told: Told, now: datetime) -> int:
    lat, lon = told.get("location") or (None, None)
    row = {
        "poll_id": answer.poll_id,
        "village_id": answer.village_id,
        "author_id": answer.person_id,
        "answer_id": answer_id,
        "kind": told["kind"],
        "words": told.get("words"),
        "suffers": told.get("suffers"),
        "media_id": told.get("photo"),
        "lat": lat,
        "lon": lon,
        "state": Life.TOLD,
        "photo_state": Life.TOLD,
        "told_at": now,
    }
    return int((await db.execute(insert(needs).values(**row).returning(needs.c.id))).scalar_one())


async def _remove(db: AsyncConnection, answer_ids: Sequence[int]) -> None:
    await _leave(db, answer_ids, supports.c.id.is_not(None))
    for answer_id in answer_ids:
        await voices.forget_answer(db, answer_id=answer_id)
    await slips.void(db, which=answers.c.id.in_(answer_ids))
    await db.execute(delete(answers).where(answers.c.id.in_(answer_ids)))


async def _leave(db: AsyncConnection, answer_ids: Sequence[int], which: ColumnElement[bool]) -> None:
    """Stands behind these no more. A need's row stays, since a list or a promise may name it, but it is emptied."""
    theirs = supports.c.answer_id.in_(answer_ids)
    left = (await db.execute(select(supports.c.need_id).where(theirs, which))).scalars().all()
    author = select(answers.c.person_id).where(answers.c.id.in_(answer_ids))
    told = or_(needs.c.author_id.in_(author), needs.c.answer_id.in_(answer_ids))
    await needs_of.disown(db, needs.c.id.in_(left) & told)
    await db.execute(delete(supports).where(theirs, which))
    await needs_of.drop_lonely(db, need_ids=left)
