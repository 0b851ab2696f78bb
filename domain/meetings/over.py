"""What may still be entered once the meeting is closed."""

from __future__ import annotations

from collections.abc import Sequence

from domain.meetings.entries import IN_THE_ROOM, Entry, Verb
from domain.meetings.reading import standing
from domain.meetings.record import Source
from domain.refusal import Refused

CORRECTS = frozenset({Verb.READ_BACK, Verb.STRUCK})


def check(entry: Entry, entries: Sequence[Entry]) -> None:
    """What was entered before the end may arrive after it, and what stands may be corrected; all else is refused."""
    closed = next((each for each in reversed(standing(entries)) if each.verb is Verb.CLOSED), None)
    if closed is None or entry.verb not in IN_THE_ROOM - CORRECTS or entry.body.get("corrects"):
        return
    if entry.body.get("source", Source.ROOM) != Source.ROOM:  # a letter's answer comes when it comes
        return
    if entry.at > closed.at:
        raise Refused("meeting_over")
