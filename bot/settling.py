"""Writes down what became of the letters: sent, later, never, or the person has left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.port import Again, Gone, Moved, Outcome, Partly, Refused, Sent
from bot.pacing import ATTEMPTS, Floods, pause_after
from bot.taken import Replaced, Taken
from conversations.message import Outgoing
from storage import group_chats, outbox

log = structlog.get_logger()
Done = tuple[Taken, Outcome | Replaced]


async def settle(db: AsyncConnection, channel: str, done: Sequence[Done], floods: Floods, now: datetime) -> None:
    await outbox.settle(db, rows=[_row(taken, outcome, now) for taken, outcome in done])
    await outbox.moved(db, rows=[row for taken, outcome in done if (row := _moved(taken, outcome))])
    await _pause(db, channel, done, floods, now)
    for taken, outcome in done:
        if isinstance(outcome, Gone):
            log.info("left", channel=channel, address_id=taken.letter.address_id)
            await outbox.leave(db, address_id=taken.letter.address_id, reason=outcome.reason, now=now)
            if taken.letter.left_at is None:
                await group_chats.lost(db, chat_id=taken.letter.person_id, now=now)
        elif isinstance(outcome, Moved):
            letter, becomes = taken.letter, outcome.external
            await group_chats.move(db, channel=channel, was=letter.external, becomes=becomes, now=now)


def _row(taken: Taken, outcome: Outcome | Replaced, now: datetime) -> dict[str, Any]:
    letter = taken.letter
    row = {"_id": letter.id, "ref": None, "error": None, "attempts": letter.attempts, "parts": letter.parts}
    row |= {"due_at": None, "sent_at": None}
    match outcome:
        case Sent(ref):
            return {**row, "status": outbox.SENT, "ref": ref, "sent_at": now}
        case Partly(parts):
            return {**row, "status": outbox.PENDING, "parts": parts}
        case Replaced(ref):
            return {**row, "status": outbox.REPLACED, "ref": ref}
        case Again(reason, None):
            return {**row, "error": reason, **_later(letter, now, reason)}
        case Again(reason, _):  # what the channel asks us to wait for is not the message's fault
            return {**row, "status": outbox.PENDING, "error": reason}
        case Refused(reason) | Gone(reason) | Moved(_, reason):
            _report(letter, reason)
            return {**row, "status": outbox.REFUSED, "error": reason}


def _later(letter: outbox.Letter, now: datetime, reason: str) -> dict[str, Any]:
    attempts = letter.attempts + 1
    if attempts >= ATTEMPTS:
        _report(letter, reason)
        return {"status": outbox.FAILED, "attempts": attempts}
    return {"status": outbox.PENDING, "attempts": attempts, "due_at": now + pause_after(attempts)}


def _moved(taken: Taken, outcome: Outcome | Replaced) -> dict[str, Any] | None:
    """A message could not be edited and was written anew: its older self now stands there."""
    message, target = taken.message, taken.target
    if not isinstance(outcome, Sent) or not isinstance(message, Outgoing) or message.edits is None:
        return None
    if target is None or outcome.ref == target.edits:
        return None
    return {"_person": taken.letter.person_id, "_seq": message.edits, "ref": outcome.ref}


async def _pause(db: AsyncConnection, channel: str, done: Sequence[Done], floods: Floods, now: datetime) -> None:
    until = {
        taken.letter.address_id: now + timedelta(seconds=outcome.seconds)
        for taken, outcome in done
        if isinstance(outcome, Again) and outcome.seconds is not None
    }
    await outbox.pause_chats(db, until=until)
    if floods.note(set(until), now):
        log.warning("bot paused", channel=channel, until=max(until.values()).isoformat())
        await outbox.pause_bot(db, channel=channel, until=max(until.values()))


def _report(letter: outbox.Letter, reason: str) -> None:
    log.warning("not sent", outbox_id=letter.id, reason=reason)
