"""How long things took, in milliseconds."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def spread(took: Sequence[float]) -> dict[str, float]:
    """Half of them took no longer than the median, all but a twentieth no longer than the p95."""
    ordered = sorted(took)
    return {
        "median_ms": round(statistics.median(ordered), 2),
        "p95_ms": round(ordered[max(0, -(-len(ordered) * 95 // 100) - 1)], 2),
        "times": len(ordered),
    }


def ratio(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: round(one[name] / other[name], 2) for name in ("median_ms", "p95_ms")}
