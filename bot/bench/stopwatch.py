"""Wall and processor time of one stretch of work."""

from __future__ import annotations

import resource
import time
from types import TracebackType
from typing import Any


class Stopwatch:
    def __init__(self, updates: int) -> None:
        self._updates = updates

    def __enter__(self) -> Stopwatch:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._wall, self._cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu

    def figures(self) -> dict[str, Any]:
        return {
            "updates": self._updates,
            "seconds": round(self._wall, 3),
            "updates_per_s": round(self._updates / self._wall),
            "cpu_updates_per_s": round(self._updates / self._cpu),
            "rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
