"""The delivery sheet on paper: who has the minutes, since when, and who said so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from locales import _, current
from publish import minutes_form, paper
from publish.day_words import day
from storage.addenda import Line
from storage.minutes_delivery import Sent
from storage.minutes_registry import Registered


def pdf(
    title: str, lines: Sequence[Sent], added: Sequence[Line], registered: Sequence[Registered], zone: ZoneInfo
) -> bytes:
    """A4, in the language in use; the head of a table comes again on each page. Each addendum has its own table."""
    groups = groupby(added, key=lambda each: each.addendum.number)
    data = {
        "lang": current(),
        "title": _("Delivery sheet"),
        "of": title,
        "numbers": [
            _("Chancellery: № {number}, {day}").format(number=each.number, day=day(each.day)) for each in registered
        ],
        "heads": [_("To whom"), _("Received on"), _("Who said so")],
        "tables": [
            _table("", lines, zone),
            *(
                _table(_("Addendum {number}").format(number=number), [each.sent for each in group], zone)
                for number, group in groups
            ),
        ],
    }
    return paper.pdf("delivery_sheet", data)


def _table(title: str, lines: Sequence[Sent], zone: ZoneInfo) -> dict[str, Any]:
    there = [each for each in lines if each.received_at is not None]
    count = _("Received by {count} of {all}.").format(count=len(there), all=len(lines))
    return {"title": title, "count": count, "rows": [_row(each, zone) for each in lines]}


def _row(each: Sent, zone: ZoneInfo) -> list[str]:
    by = minutes_form.receiver(each.received_by or "", each.received_office or "")
    return [minutes_form.receiver(each.name, each.office), _when(each.received_at, zone), by]


def _when(at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return "–"
    here = at.astimezone(zone)
    return f"{day(here.date())}, {here:%H:%M}"
