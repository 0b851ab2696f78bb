"""From a need to the cards that may help with it."""

from __future__ import annotations

from domain.needs import Kind

# What villages have done with the support programme: roads, lighting, water, sports grounds, drainage.
SUPPORTED = frozenset({Kind.ROADS, Kind.WATER, Kind.LIGHTING, Kind.CULTURE_YOUTH, Kind.IRRIGATION})


def fitting(kind: Kind) -> tuple[str, ...]:
    """Ids of cards, the likeliest first."""
    ways = ("petition", "assembly", "budget")
    return ("village_support", *ways) if kind in SUPPORTED else (*ways, "offices")
