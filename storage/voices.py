"""Recordings that wait for their words: who hears each, what was heard, and when it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.needs import Life
from domain.refusal import Refused
from domain.voices import KEPT, State
from storage import media as kept_media
from storage import telling
from storage.listeners import listens
from storage.tables.polls import needs, supports
from storage.tables.turns import media, outbox
from storage.tables.voices import voices

OPEN = (State.WAITING, State.TYPED)


@dataclass(frozen=True, slots=True)
class Said:
    """A recording of one need. `speaker_id` is who will confirm the words; None: whoever holds the slip."""

    media_id: str
    listener_id: int
    speaker_id: int | None
    answer_id: int
    need_id: int


async def keep(db: AsyncConnection, *, said: Said, now: datetime) -> None:
    """The listener hears of it as soon as the file is here."""
    # Locked, so that a file that arrives in this moment is either seen here or finds the row (`arrived`).
    file = (await db.execute(select(media.c.state).where(media.c.id == said.media_id).with_for_update())).scalar()
    row = {name: getattr(said, name) for name in Said.__slots__}
    new = insert(voices).values(**row, state=State.WAITING, said_at=now).returning(voices.c.id)
    voice_id = int((await db.execute(new)).scalar_one())
    if file not in ("waiting", "ready") or not await listens(db, person_id=said.listener_id):
        await lose(db, voice_id=voice_id, now=now)
    elif file == "ready":
        await _tell_listener(db, voice_id, said.listener_id, said.media_id, now)


async def arrived(db: AsyncConnection, *, media_id: str, now: datetime) -> None:
    """Its file has come from the channel."""
    query = select(voices).where(voices.c.media_id == media_id, voices.c.state == State.WAITING)
    for row in (await db.execute(query)).all():
        await _tell_listener(db, row.id, row.listener_id, media_id, now)


async def failed(db: AsyncConnection, *, media_id: str, now: datetime) -> None:
    """Its file cannot be had."""
    query = select(voices.c.id).where(voices.c.media_id == media_id, voices.c.state == State.WAITING)
    for voice_id in (await db.execute(query)).scalars().all():
        await lose(db, voice_id=voice_id, now=now)


async def _tell_listener(db: AsyncConnection, voice_id: int, listener_id: int, media_id: str, now: datetime) -> None:
    thing, args = f"voice:{media_id}", {"voice": voice_id}
    await telling.tell(db, person_id=listener_id, thing=thing, conversation="hear_voice", args=args, now=now)


async def to_hear(db: AsyncConnection, *, listener_id: int) -> list[int]:
    """What waits for this listener and can be played, the oldest first."""
    if not await listens(db, person_id=listener_id):
        return []
    query = select(voices.c.id).join(media, media.c.id == voices.c.media_id).where(media.c.state == "ready")
    query = query.where(voices.c.listener_id == listener_id, voices.c.state == State.WAITING)
    return list((await db.execute(query.order_by(voices.c.id))).scalars())


async def voice(db: AsyncConnection, *, voice_id: int) -> Any:
    """With the kind of the need it tells; None when there is none."""
    query = select(voices, needs.c.kind, needs.c.village_id).join(needs, needs.c.id == voices.c.need_id)
    return (await db.execute(query.where(voices.c.id == voice_id))).first()


async def of_answer(db: AsyncConnection, *, answer_id: int) -> Sequence[Any]:
    query = select(voices, needs.c.kind, needs.c.village_id).join(needs, needs.c.id == voices.c.need_id)
    return (await db.execute(query.where(voices.c.answer_id == answer_id).order_by(voices.c.id))).all()


async def type_(db: AsyncConnection, *, voice_id: int, by: int, words: str, now: datetime) -> None:
    """The listener wrote down what they heard; it is nobody's words until the speaker says yes."""
    row = await _heard_by(db, voice_id, by)
    typed = {"words": words, "state": State.TYPED, "typed_at": now}
    await db.execute(update(voices).where(voices.c.id == voice_id).values(**typed))
    await _tell_speaker(db, row, "voice_typed", now)


async def unclear(db: AsyncConnection, *, voice_id: int, by: int, now: datetime) -> None:
    """The listener cannot make it out."""
    await _heard_by(db, voice_id, by)
    await lose(db, voice_id=voice_id, now=now)


async def _heard_by(db: AsyncConnection, voice_id: int, by: int) -> Any:
    row = await voice(db, voice_id=voice_id)
    if row is None or row.state != State.WAITING:
        raise Refused("gone")
    if row.listener_id != by or not await listens(db, person_id=by):
        raise Refused("not_allowed")
    return row


async def lose(db: AsyncConnection, *, voice_id: int, now: datetime) -> None:
    """Nobody will hear it: the recording goes, and its speaker may say or write it anew."""
    row = await voice(db, voice_id=voice_id)
    lost = {"state": State.LOST, "words": None}
    await db.execute(update(voices).where(voices.c.id == voice_id).values(**lost))
    await erase_recordings(db, which=media.c.id == row.media_id, now=now)
    await _tell_speaker(db, row, "voice_lost", now)


async def _tell_speaker(db: AsyncConnection, row: Any, conversation: str, now: datetime) -> None:
    if row.speaker_id is not None:
        thing, args = f"{conversation}:{row.media_id}", {"voice": row.id}
        await telling.tell(db, person_id=row.speaker_id, thing=thing, conversation=conversation, args=args, now=now)


async def settle(db: AsyncConnection, *, voice_id: int, words: str | None, now: datetime) -> None:
    """What the speaker says of it: these are the words (None: it is to stay without). The recording is gone at once."""
    row = await voice(db, voice_id=voice_id)
    if row is None or row.state == State.DONE:
        raise Refused("gone")
    if words is not None:
        await _become_words(db, row, words)
    done = {"state": State.DONE, "words": None}
    await db.execute(update(voices).where(voices.c.id == voice_id).values(**done))
    await erase_recordings(db, which=media.c.id == row.media_id, now=now)
    if row.state == State.TYPED and row.listener_id is not None:
        thing, args = f"voice_settled:{row.media_id}", {"media": row.media_id}
        conversation = "voice_settled"
        await telling.tell(db, person_id=row.listener_id, thing=thing, conversation=conversation, args=args, now=now)


async def _become_words(db: AsyncConnection, row: Any, words: str) -> None:
    """The group reads them as all others; where it has decided about this need already, beside it."""
    unread = update(needs).where(needs.c.id == row.need_id, needs.c.state == Life.TOLD, needs.c.words.is_(None))
    if (await db.execute(unread.values(words=words))).rowcount == 0:
        here = (supports.c.need_id == row.need_id, supports.c.answer_id == row.answer_id)
        await db.execute(update(supports).where(*here).values(words=words))


async def say_again(db: AsyncConnection, *, voice_id: int, media_id: str, listener_id: int, now: datetime) -> None:
    """Another recording in the place of this one."""
    row = await voice(db, voice_id=voice_id)
    if row is None or row.state == State.DONE:
        raise Refused("gone")
    await settle(db, voice_id=voice_id, words=None, now=now)
    await keep(db, said=Said(media_id, listener_id, row.speaker_id, row.answer_id, row.need_id), now=now)


async def forget_answer(db: AsyncConnection, *, answer_id: int) -> None:
    """It was taken back; the next sweep takes the files."""
    await _let_go(db, voices.c.answer_id == answer_id)


async def forget_person(db: AsyncConnection, *, person_id: int) -> None:
    """As speaker and as listener: what waits for them goes back to those who said it, by the next sweep."""
    await _let_go(db, voices.c.speaker_id == person_id)
    await db.execute(update(voices).where(voices.c.listener_id == person_id).values(listener_id=None))


async def _let_go(db: AsyncConnection, which: ColumnElement[bool]) -> None:
    await db.execute(update(voices).where(which).values(state=State.DONE, words=None, speaker_id=None))


async def unconfirmed_words(db: AsyncConnection, *, person_id: int) -> Sequence[str]:
    """What a listener typed for this person and they have not confirmed yet."""
    query = select(voices.c.words).where(voices.c.speaker_id == person_id, voices.c.words.is_not(None))
    return (await db.execute(query)).scalars().all()


async def erase_recordings(db: AsyncConnection, *, which: ColumnElement[bool], now: datetime) -> int:
    """The files too, and what the web chat first took them in as; answers how many."""
    query = select(media.c.id, media.c.ref, media.c.person_id).where(media.c.kind == "voice", media.c.state != "erased")
    rows = (await db.execute(query.where(which, media.c.person_id.is_not(None)))).all()
    for row in rows:
        uploaded = query.with_only_columns(media.c.id).where(media.c.id == row.ref)
        ids = [row.id, *(await db.execute(uploaded)).scalars()]
        await kept_media.erase(db, media_ids=ids, person_id=row.person_id, now=now)
    return len(rows)


async def sweep(db: AsyncConnection, *, now: datetime) -> int:
    """Nothing is kept longer than it may be, and nobody hears it who left the group. Answers how much there was."""
    swept = 0
    for row in (await db.execute(_open())).all():
        if row.state == State.WAITING and not await listens(db, person_id=row.listener_id):
            await lose(db, voice_id=row.id, now=now)
        elif row.said_at > now - KEPT:
            continue
        elif row.state == State.TYPED:  # they heard from us, and did not say that it was wrong
            await settle(db, voice_id=row.id, words=row.words, now=now)
        else:
            await lose(db, voice_id=row.id, now=now)
        swept += 1
    over = media.c.id.in_(select(voices.c.media_id).where(voices.c.state.not_in(OPEN)))
    return swept + await erase_recordings(db, which=or_(over, media.c.created_at <= now - KEPT), now=now)


async def next_due(db: AsyncConnection) -> datetime | None:
    first = _open().with_only_columns(func.min(voices.c.said_at)).order_by(None)
    said_at: datetime | None = (await db.execute(first)).scalar()
    return None if said_at is None else said_at + KEPT


async def played_in(db: AsyncConnection, *, person_id: int, media_id: str) -> list[int]:
    """The seqs of the messages in which this person was given that recording."""
    query = select(outbox.c.seq).where(outbox.c.person_id == person_id, outbox.c.kind == "message")
    return list((await db.execute(query.where(outbox.c.payload.contains(media_id, autoescape=True)))).scalars())


def _open() -> Select[Any]:
    return select(voices).where(voices.c.state.in_(OPEN)).order_by(voices.c.id)
