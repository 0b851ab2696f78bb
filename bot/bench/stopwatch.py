"""Wall and processor time of stretches of work, added up."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from types import TracebackType
from typing import Any


class Stopwatch:
    def __init__(self) -> None:
        self._wall = self._cpu = 0.0

    def __enter__(self) -> Stopwatch:
        self._wall -= time.perf_counter()
        self._cpu -= time.process_time()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._cpu += time.process_time()
        self._wall += time.perf_counter()

    def figures(self, updates: int) -> dict[str, Any]:
        """`cpu_…` counts the processor time of all threads: what a machine shared with others cannot blur so much."""
        return {
            "updates": updates,
            "seconds": round(self._wall, 3),
            "updates_per_s": round(updates / self._wall),
            "cpu_updates_per_s": round(updates / self._cpu),
            "rss_mib": _peak_kib() // 1024,
        }


def _peak_kib() -> int:
    """Of this program alone: getrusage's figure would begin with that of the process that started us."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0])
