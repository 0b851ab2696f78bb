"""Cutting a trail: for Back, and for changing an earlier answer."""

from __future__ import annotations

from conversations.replay import ANSWER, DO, Trail


class Wall(Exception):
    """Something was already saved after that answer; `args[0]` is the key of the effect."""


def back(trail: Trail) -> Trail:
    """The trail without its last answer. Raises Wall behind an effect, LookupError when nothing was answered."""
    for at in range(len(trail) - 1, -1, -1):
        kind, key, _value = trail[at]
        if kind == DO:
            raise Wall(key)
        if kind == ANSWER:
            return trail[:at]
    raise LookupError("nothing was answered yet")


def cut(trail: Trail, key: str) -> Trail:
    """The trail as it was before `key` was answered. Raises Wall behind an effect, LookupError for an unknown key."""
    at = next((at for at, entry in enumerate(trail) if entry[1] == key), None)
    if at is None:
        raise LookupError(key)
    for kind, later, _value in trail[at:]:
        if kind == DO:
            raise Wall(later)
    return trail[:at]
