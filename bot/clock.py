"""The domain's clock: real, or standing somewhere else for the demo and tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Runs with real time, `offset` away from it. Leases, pacing and retries never read it."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = (start - datetime.now(UTC)) if start else timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def move_to(self, moment: datetime) -> None:
        self._offset = moment - datetime.now(UTC)
