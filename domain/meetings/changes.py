"""What became other since somebody who was invited last looked: their page says it large until they answer again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.meetings.entries import Entry, Verb

OF_GUEST = (Verb.INVITED, Verb.REPLIED, Verb.WROTE)


@dataclass(frozen=True, slots=True)
class Changes:
    """`starts_at` and `place` are the former ones, None where they still are as they were."""

    starts_at: datetime | None = None
    place: str | None = None
    issues: bool = False

    def __bool__(self) -> bool:
        return self.starts_at is not None or self.place is not None or self.issues


def since(entries: Sequence[Entry], guest: str) -> Changes:
    """`entries` in the order in which they arrived; what was changed and changed back is no change."""
    theirs = [at for at, each in enumerate(entries) if each.verb in OF_GUEST and each.body.get("guest") == guest]
    seen = entries[: theirs[-1]] if theirs else entries
    before, now = _plan(seen), _plan(entries)
    if not before:
        return Changes()
    moved = datetime.fromisoformat(before["starts_at"]) if before["starts_at"] != now["starts_at"] else None
    place = before["place"] if before["place"] != now["place"] else None
    asked = _issues(seen)
    return Changes(moved, place, bool(asked) and asked != _issues(entries))


def _plan(entries: Sequence[Entry]) -> Mapping[str, Any]:
    return next((each.body for each in reversed(entries) if each.verb is Verb.PLANNED), {})


def _issues(entries: Sequence[Entry]) -> list[str]:
    body = next((each.body for each in reversed(entries) if each.verb is Verb.AGENDA), {})
    return [each["id"] for each in body.get("items", ())]
