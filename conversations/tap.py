"""What a button brings back: run, question and value in at most 64 bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from domain.linking import number_now

LONGEST_DATA = 64  # bytes: Telegram's limit for callback_data
SYSTEM = 0  # the number of no run: menu, language, an offer to go on
GO = "go"  # the system's button that goes on with a run

BACK, CANCEL, SKIP, DONE, CHANGE = "!back", "!cancel", "!skip", "!done", "!change"


@dataclass(frozen=True, slots=True)
class Tap:
    run: int
    key: str
    value: str


def data(run: int, key: str, value: str | int) -> str:
    """A value too long for a button travels as its digest, and is found again among the options."""
    head = f"{run}:{key}:"
    text = str(value)
    if len(head) + len(text.encode()) > LONGEST_DATA:
        text = digest(text)
    return head + text


def digest(text: str) -> str:
    return "#" + blake2s(text.encode(), digest_size=8).hexdigest()


def means(tapped: str, value: str | int) -> bool:
    text = str(value)
    return tapped == text or (tapped.startswith("#") and tapped == digest(text))


def read(raw: str) -> Tap | None:
    """None for data that is not ours, or of a shape we no longer write."""
    head, _, rest = raw.partition(":")
    key, colon, value = rest.partition(":")
    run = number(head)
    return Tap(run, key, value) if colon and run is not None else None


def renumbered(raw: str, moved: Sequence[Sequence[Any]]) -> str:
    """A button that was shown before two people were joined; empty where its run has ended."""
    pressed = read(raw)
    if pressed is None or (pressed.run == SYSTEM and pressed.key != GO):
        return raw
    system = pressed.run == SYSTEM
    now = number_now(moved, number(pressed.value) or 0 if system else pressed.run)
    if now is None:
        return ""
    return f"{SYSTEM}:{GO}:{now}" if system else f"{now}:{pressed.key}:{pressed.value}"


def number(text: str) -> int | None:
    """None for anything we never wrote: a forged button may carry digits without end, which Python will not read."""
    return int(text) if len(text) <= 10 and text.isdecimal() else None
