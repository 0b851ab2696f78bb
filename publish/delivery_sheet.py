"""The delivery sheet on paper: who has the minutes, since when, and who said so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from locales import _, current
from publish import minutes_form, paper
from publish.day_words import day
from storage.minutes_delivery import Sent
from storage.minutes_registry import Registered


def pdf(title: str, lines: Sequence[Sent], registered: Sequence[Registered], zone: ZoneInfo) -> bytes:
    """A4, in the language in use; the head of the table comes again on each page."""
    there = [each for each in lines if each.received_at is not None]
    data = {
        "lang": current(),
        "title": _("Delivery sheet"),
        "of": title,
        "count": _("Received by {count} of {all}.").format(count=len(there), all=len(lines)),
        "numbers": [
            _("Chancellery: № {number}, {day}").format(number=each.number, day=day(each.day)) for each in registered
        ],
        "heads": [_("To whom"), _("Received on"), _("Who said so")],
        "rows": [_row(each, zone) for each in lines],
    }
    return paper.pdf("delivery_sheet", data)


def _row(each: Sent, zone: ZoneInfo) -> list[str]:
    by = minutes_form.receiver(each.received_by or "", each.received_office or "")
    return [minutes_form.receiver(each.name, each.office), _when(each.received_at, zone), by]


def _when(at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return "–"
    here = at.astimezone(zone)
    return f"{day(here.date())}, {here:%H:%M}"
