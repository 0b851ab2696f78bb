"""How often one visitor may write: token buckets in memory, in real time. A restart forgives."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """`burst` messages at once, then `rate` a second. Remembers the `most` who wrote last."""

    def __init__(
        self, *, burst: float, rate: float, most: int = 20_000, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._rate, self._most, self._now = burst, rate, most, now
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, name: str, cost: float = 1.0) -> float:
        """0.0 and the message may pass; else the seconds after which it may."""
        bucket = self._filled(name)
        if bucket.tokens < cost:
            return (cost - bucket.tokens) / self._rate
        bucket.tokens -= cost
        return 0.0

    def _filled(self, name: str) -> _Bucket:
        now = self._now()
        bucket = self._buckets.setdefault(name, _Bucket(self._burst, now))
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._rate)
        bucket.at = now
        self._buckets.move_to_end(name)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return bucket
