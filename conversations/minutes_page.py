"""Minutes as they are read in a chat: a change somebody asks for, who has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from domain.minutes import Amendment, Seat
from locales import _
from publish import minutes_form
from publish.day_words import day
from storage.addenda import Line as AddedLine
from storage.minutes_delivery import Sent
from storage.minutes_registry import Registered


def amendment(each: Amendment) -> str:
    to = _("to issue {number}").format(number=each.item) if each.item else _("to the whole")
    head = _("{name} asks for a change {to}:").format(name=receiver(each.name, each.office), to=to)
    said = {Seat.CHAIR: _("The chair has taken it in."), Seat.SECRETARY: _("The secretary has taken it in.")}
    return "\n".join([head, each.words, *(said[seat] for seat, yes in each.verdicts.items() if yes)])


def receiver(name: str, office: str) -> str:
    return minutes_form.receiver(name, office)


def sheet(lines: Sequence[Sent], added: Sequence[AddedLine], registered: Sequence[Registered], zone: ZoneInfo) -> str:
    """Who has the minutes, and since when; then each addendum, of which only who has it not yet is named."""
    numbers = [_("Chancellery: № {number}, {day}").format(number=each.number, day=day(each.day)) for each in registered]
    return "\n".join([_received(lines), *numbers, *_rows(lines, zone), *_addenda(added, zone)])


def _received(lines: Sequence[Sent]) -> str:
    there = [each for each in lines if each.received_at is not None]
    return _("Received by {count} of {all}.").format(count=len(there), all=len(lines))


def _addenda(added: Sequence[AddedLine], zone: ZoneInfo) -> Iterator[str]:
    for number, group in groupby(added, key=lambda each: each.addendum.number):
        lines = [each.sent for each in group]
        yield ""
        head = _("Addendum {number}").format(number=number)
        yield f"{head}: {_received(lines)}"
        yield from _rows([each for each in lines if each.received_at is None], zone)


def _rows(lines: Sequence[Sent], zone: ZoneInfo) -> list[str]:
    """Members of a group stand there by its name alone: as one line, with how many they are."""
    counted = Counter(_line(each, zone) for each in lines)
    return [line if count == 1 else f"{line} × {count}" for line, count in counted.items()]


def _line(each: Sent, zone: ZoneInfo) -> str:
    who = receiver(each.name, each.office)
    if each.received_at is None:
        return f"○ {who}" if each.by_chat else _("○ {who} (needs a personal link or paper)").format(who=who)
    at = each.received_at.astimezone(zone)
    by = receiver(each.received_by or "", each.received_office or "")
    return f"✓ {who}: {day(at.date())}, {at:%H:%M}" + (f" – {by}" if by and by != who else "")


def tried(result: Mapping[str, Any]) -> str:
    """What came of a form with an own letterhead."""
    if result.get("kept"):
        return _("Your form works. From now on minutes for Word are made with it.")
    place = str(result.get("place", ""))[:200]
    mend = {
        "no_docx": _("This is no file of Word. In Word choose “Save as” and the kind .docx."),
        "too_large": _("This file is too large. Use smaller pictures in the letterhead."),
        "unknown": _("There is a tag that I do not know: {place}. Write it as it is in our form."),
        "syntax": _("A tag is broken or has no end: {place}. Compare it with our form."),
        "missing": _("The tag “{place}” is missing. Minutes cannot do without it; take it from our form."),
    }.get(str(result.get("broken")), _("This form cannot be filled in: {place}. Begin again from our form."))
    return mend.format(place=place)
