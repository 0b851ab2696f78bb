"""The month's promises by department, as a picture to show in the council."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from locales import _, current
from publish import paper
from storage.promise_digest import Department

MOST = 25  # departments on one picture


def png(municipality: str, departments: Sequence[Department]) -> bytes:
    return paper.png("promise_digest", data(municipality, departments))


def data(municipality: str, departments: Sequence[Department]) -> dict[str, Any]:
    """Bars are as long as there are promises; an order by name, in which nobody is first or last."""
    shown = departments[:MOST]
    longest = max(one.kept + one.near + one.overdue for one in shown)
    return {
        "lang": current(),
        "above": _("The promises at the beginning of the month"),
        "title": municipality,
        "kinds": [
            ["kept", _("kept")],
            ["near", _("due this month")],
            ["overdue", _("its day has passed")],
        ],
        "departments": [{"office": one.office, "parts": _parts(one, longest)} for one in shown],
        "foot": _("What is kept was seen by the villages' groups."),
    }


def _parts(one: Department, longest: int) -> list[dict[str, Any]]:
    counts = (("kept", one.kept), ("near", one.near), ("overdue", one.overdue))
    return [{"kind": kind, "count": str(count), "share": count / longest} for kind, count in counts if count]
