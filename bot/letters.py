"""Takes letters out of the outbox under a lease, and finds what they name: a message to edit, a question to close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bundles import chosen, receivers_of, requests
from bot.channels.port import Ack, Channel, Gone, Grouping, Refused, Target
from bot.clearing import removing
from bot.pacing import ChatPace, bot_burst, chat_after_one, filled
from bot.taken import Replaced, Taken
from conversations.message import Outgoing
from storage import outbox
from storage.jsontext import loads
from storage.outbox import Letter, Pace

LEASE = timedelta(seconds=60)
MOST_ACKS = 50
ANSWERS, BROADCASTS = 0, 1


@dataclass(frozen=True, slots=True)
class Room:
    """How many sends may begin now, how many of them may be broadcasts, and how fast one chat may be written to:
    a person's, and a group's."""

    sends: int
    broadcasts: int
    chat: ChatPace
    group: ChatPace

    def pace(self, channel: Channel, external: str) -> ChatPace:
        return self.group if isinstance(channel, Grouping) and channel.in_group(external) else self.chat


async def take(db: AsyncConnection, channel: Channel, room: Room, now: datetime) -> list[Taken]:
    pace = await outbox.bot_pace(db, channel=channel.name)
    tokens = filled(pace, now, rate=channel.rate, most=bot_burst(channel.rate))
    paused = pace.paused_until is not None and pace.paused_until > now
    letters = [] if paused else await _messages(db, channel, room, int(tokens), now)
    letters += await outbox.acks(db, channel=channel.name, now=now, most=MOST_ACKS)
    if not letters:
        return []
    await outbox.lease(db, letter_ids=[letter.id for letter in letters], until=now + LEASE)
    taken = [await removing(db, channel, each, now) for each in await _read_all(db, letters, now)]
    going = [each.letter for each in taken if each.target is not None]
    paces = {
        letter.address_id: chat_after_one(room.pace(channel, letter.external), _pace(letter), now) for letter in going
    }
    await outbox.pace_chats(db, paces=paces)
    if going:
        await outbox.pace_bot(
            db, channel=channel.name, pace=Pace(tokens - requests(going, receivers_of(channel)), now, pace.paused_until)
        )
    return taken


async def _messages(db: AsyncConnection, channel: Channel, room: Room, tokens: int, now: datetime) -> list[Letter]:
    """Answers first; broadcasts take what is left, and never all the room."""
    most = min(room.sends, tokens)
    if most <= 0:
        return []
    letters = await outbox.heads(db, channel=channel.name, lane=ANSWERS, now=now, most=most)
    left = min(most - len(letters), room.broadcasts)
    if left > 0:
        together = receivers_of(channel)
        waiting = await outbox.heads(db, channel=channel.name, lane=BROADCASTS, now=now, most=max(left, together))
        letters += chosen(waiting, left, together)
    return letters


async def _read_all(db: AsyncConnection, letters: Sequence[Letter], now: datetime) -> list[Taken]:
    taken = [_read(letter, now) for letter in letters]
    names = {(each.letter.person_id, seq) for each in taken for seq in _names(each.message)}
    known = await outbox.named(db, names=names)
    editing = {each.letter.address_id for each in taken if _edits(each.message) is not None}
    newest = _newest_edits(await outbox.behind(db, address_ids=editing))
    return [_aimed(each, known, newest) for each in taken]


def _read(letter: Letter, now: datetime) -> Taken:
    if letter.expires_at is not None and letter.expires_at < now:
        return Taken(letter, known=Refused("expired"))
    if letter.left_at is not None and letter.kind == outbox.MESSAGE:  # a tap in a group is answered all the same
        return Taken(letter, known=Gone("the person has left"))
    message = _ack(letter.payload) if letter.kind == outbox.ACK else _outgoing(letter.payload)
    return Taken(letter, message, known=Refused("unreadable") if message is None else None)


def _ack(payload: str) -> Ack | None:
    raw = loads(payload)
    return Ack(raw["callback"], raw.get("text"), raw.get("url")) if "callback" in raw else None


def _outgoing(payload: str | None) -> Outgoing | None:
    """None for what another version of the program wrote and this one cannot read: it must not stop the others."""
    if payload is None:
        return None
    try:
        return Outgoing.from_json(loads(payload))
    except (ValueError, TypeError, AttributeError):
        return None


def _aimed(
    taken: Taken, known: dict[tuple[int, int], tuple[int, str | None, str]], newest: dict[tuple[int, int], int]
) -> Taken:
    letter, message = taken.letter, taken.message
    if not isinstance(message, Outgoing):
        return taken
    edits, _payload = _there(letter, message.edits, known)
    if message.edits is not None and newest.get((letter.address_id, message.edits), letter.seq) > letter.seq:
        return Taken(letter, message, known=Replaced(edits))
    closes, closing = _there(letter, message.closes, known)
    return Taken(letter, message, Target(letter.external, edits, closes, _outgoing(closing), letter.parts))


def _there(
    letter: Letter, seq: int | None, known: dict[tuple[int, int], tuple[int, str | None, str]]
) -> tuple[str | None, str | None]:
    """The channel's id and the payload of an earlier message, if it went to this very chat."""
    address_id, ref, payload = known.get((letter.person_id, seq or 0), (None, None, None))
    return (ref, payload) if address_id == letter.address_id else (None, None)


def _newest_edits(waiting: Sequence[tuple[int, int, str]]) -> dict[tuple[int, int], int]:
    newest: dict[tuple[int, int], int] = {}
    for address_id, seq, payload in waiting:
        message = _outgoing(payload)
        if message is not None and message.edits is not None:
            newest[address_id, message.edits] = max(seq, newest.get((address_id, message.edits), 0))
    return newest


def _names(message: Outgoing | Ack | None) -> list[int]:
    return [seq for seq in (message.edits, message.closes) if seq] if isinstance(message, Outgoing) else []


def _edits(message: Outgoing | Ack | None) -> int | None:
    return message.edits if isinstance(message, Outgoing) else None


def _pace(letter: Letter) -> Pace:
    return Pace(letter.tokens, letter.paced_at, letter.paused_until)
