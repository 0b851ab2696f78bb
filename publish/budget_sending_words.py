"""The budgeting table on its way, in words: to whom it goes, and who has it since when."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from domain.budget_sending import Body, Occasion
from locales import _
from publish.day_words import day
from storage.budget_receivers import Receiver
from storage.budget_sendings import Delivery


def body(one: Body) -> str:
    return {
        Body.COUNCIL: _("Gender equality council"),
        Body.COMMISSION: _("Budget commission of the council"),
        Body.FINANCE: _("Finance department"),
    }[one]


def table(year: int, occasion: Occasion) -> str:
    return {
        Occasion.DRAFT: _("The budget of {year} for women and men, while it is a draft"),
        Occasion.ADOPTED: _("The budget of {year} for women and men, as it was adopted"),
    }[occasion].format(year=year)


def receiver(one: Receiver | Delivery) -> str:
    return f"{body(one.body)} – {', '.join(filter(None, (one.name, one.office)))}"


def named(to: Sequence[Receiver]) -> str:
    if not to:
        return _("Nobody is named yet to whom it goes.")
    by_link = _("{who} (by a personal link)")
    lines = [receiver(each) if each.person_id is not None else by_link.format(who=receiver(each)) for each in to]
    return "\n".join([_("It goes to:"), *(f"• {line}" for line in lines)])


def sheet(lines: Sequence[Delivery], zone: ZoneInfo) -> str:
    """Who has what was sent last."""
    if not lines:
        return _("It has not been sent yet.")
    sending = lines[0].sending
    there = sum(each.received_at is not None for each in lines)
    sent = _("Sent on {day}; received by {count} of {all}.")
    head = sent.format(day=day(sending.sent_at.astimezone(zone).date()), count=there, all=len(lines))
    return "\n".join([table(sending.year, sending.occasion), head, *(_line(each, zone) for each in lines)])


def _line(each: Delivery, zone: ZoneInfo) -> str:
    if each.received_at is None:
        return f"○ {receiver(each)}"
    at = each.received_at.astimezone(zone)
    by = ", ".join(filter(None, (each.received_by, each.received_office)))
    who = body(each.body) if by else receiver(each)
    return f"✓ {who}: " + ", ".join(filter(None, (by, day(at.date()), f"{at:%H:%M}")))
