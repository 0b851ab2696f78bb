"""Whoever writes too fast waits a moment; the others do not."""

from __future__ import annotations

from bot.web.rates import Buckets


class Watch:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_burst_passes_then_one_at_a_time() -> None:
    watch = Watch()
    buckets = Buckets(burst=3, rate=2, now=watch)
    assert [buckets.take("nino") for _message in range(3)] == [0, 0, 0]
    assert buckets.take("nino") == 0.5
    watch.seconds += 0.5
    assert buckets.take("nino") == 0
    assert buckets.take("nino") > 0


def test_one_who_writes_too_fast_does_not_slow_another() -> None:
    buckets = Buckets(burst=1, rate=1, now=Watch())
    buckets.take("nino")
    assert buckets.take("nino") > 0
    assert buckets.take("gia") == 0


def test_waiting_longer_never_saves_up_more_than_a_burst() -> None:
    watch = Watch()
    buckets = Buckets(burst=2, rate=1, now=watch)
    buckets.take("nino")
    watch.seconds += 3600
    assert [buckets.take("nino") > 0 for _message in range(3)] == [False, False, True]


def test_only_so_many_visitors_are_remembered() -> None:
    buckets = Buckets(burst=1, rate=1, most=2, now=Watch())
    for name in ("a", "b", "c"):
        buckets.take(name)
    assert buckets.take("a") == 0  # forgotten, so forgiven
    assert buckets.take("c") > 0
