"""One message for many people: which letters go out in one request, on a channel that can do so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.port import Broadcasting, Channel
from storage.outbox import MESSAGE, Letter


def receivers_of(channel: Channel) -> int:
    return channel.receivers if isinstance(channel, Broadcasting) else 1


def chosen(letters: Sequence[Letter], most: int, receivers: int) -> list[Letter]:
    """The oldest, and with each of them all who are told the very same; so that `most` requests carry them."""
    if receivers == 1:
        return list(letters[:most])
    alike: dict[str, list[Letter]] = {}
    for letter in letters:
        alike.setdefault(letter.payload, []).append(letter)
    return [letter for same in list(alike.values())[:most] for letter in same[:receivers]]


def requests(letters: Sequence[Letter], receivers: int) -> int:
    """How many it takes to send these."""
    if receivers == 1:
        return len(letters)
    return len({bundle_of(letter) for letter in letters})


def bundle_of(letter: Letter) -> tuple[str, int | str]:
    """Answers go alone; of one broadcast all letters are alike."""
    alone = letter.lane == 0 or letter.kind != MESSAGE or letter.parts > 0
    return ("alone", letter.id) if alone else ("alike", letter.payload)
