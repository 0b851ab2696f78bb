"""Severity and reach as a picture for the group: each need a numbered spot, and its place on the people's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from domain.severity import WIDEST, WORST, Spot
from locales import _, current, ngettext
from publish import chosen_words, paper, weight_words
from publish.chosen_words import Heads

BESIDE = 0.075  # of the side: how far apart spots lie that would hide each other
EDGE = 0.045
MOST = 30  # needs on one picture


def png(village: str, spots: Sequence[Spot], heads: Heads, places: Mapping[int, int]) -> bytes:
    """`places` by need, where the people have chosen."""
    return paper.png("weights", data(village, spots, heads, places))


def data(village: str, spots: Sequence[Spot], heads: Heads, places: Mapping[int, int]) -> dict[str, Any]:
    shown = list(spots[:MOST])
    members = max((spot.members for spot in shown), default=0)
    said = ngettext("As {count} member sees it.", "As up to {count} members see it.", members).format(count=members)
    return {
        "lang": current(),
        "title": village,
        "above": _("How bad, and for how many"),
        "severities": weight_words.severities(),
        "reaches": weight_words.reaches(),
        "spots": list(_placed(shown)),
        "lines": [
            {"mark": str(mark), "name": chosen_words.called(spot.need, heads), "place": _place(places.get(spot.need))}
            for mark, spot in enumerate(shown, start=1)
        ],
        "foot": f"{said} " + _("For the group only. The people's own order stands on the right."),
    }


def _place(place: int | None) -> str:
    return _("people: {place}").format(place=place) if place else ""


def _placed(spots: Sequence[Spot]) -> Iterator[dict[str, Any]]:
    """In the middle of its square where all agree; those that would lie upon another stand beside it."""
    taken: Counter[tuple[int, int]] = Counter()
    for mark, spot in enumerate(spots, start=1):
        x, y = _along(spot.reach, WIDEST), _along(spot.severity, WORST)
        near = (round(x / BESIDE), round(y / BESIDE))
        step = taken[near]
        taken[near] += 1
        x += BESIDE * ((step + 1) // 2) * (1 if step % 2 else -1)
        yield {"x": min(max(x, EDGE), 1 - EDGE), "y": min(max(y, EDGE), 1 - EDGE), "mark": str(mark)}


def _along(level: Fraction, most: int) -> float:
    return float((level - Fraction(1, 2)) / most)
