"""How fast we may write: a bucket for each chat and one for each bot, and the pauses between attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.outbox import Pace

ATTEMPTS = 5
# More than an hour in all: a provider's bad afternoon is shorter.
PAUSES = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
FLOOD_WINDOW = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class ChatPace:
    """Messages a second to one person, and how many may come at once."""

    rate: float = 1.0
    burst: float = 3.0


# Telegram lets a bot write twenty times a minute to a group: four at once and sixteen more are never above it.
GROUP_PACE = ChatPace(rate=16 / 60, burst=4.0)


def filled(pace: Pace, now: datetime, *, rate: float, most: float) -> float:
    """What the bucket holds by now; a new one is full, and a clock set back adds nothing."""
    if pace.tokens is None or pace.paced_at is None:
        return most
    return min(most, pace.tokens + max(0.0, (now - pace.paced_at).total_seconds()) * rate)


def chat_after_one(chat: ChatPace, pace: Pace, now: datetime) -> Pace:
    """Its bucket after a message; empty, the chat pauses until there is a whole message in it again."""
    left = filled(pace, now, rate=chat.rate, most=chat.burst) - 1
    until = now + timedelta(seconds=(1 - left) / chat.rate) if left < 1 else None
    return Pace(left, now, until)


def bot_burst(rate: float) -> float:
    return max(1.0, rate / 4)


def pause_after(attempts: int) -> timedelta:
    return PAUSES[min(attempts, len(PAUSES)) - 1]


class Floods:
    """Which chats a bot was told to leave in peace of late: several at once mean the bot, not the chats."""

    def __init__(self) -> None:
        self._chats: dict[int, datetime] = {}

    def note(self, address_ids: set[int], now: datetime) -> bool:
        self._chats = {each: at for each, at in self._chats.items() if now - at < FLOOD_WINDOW}
        self._chats |= dict.fromkeys(address_ids, now)
        return bool(address_ids) and len(self._chats) > 1
