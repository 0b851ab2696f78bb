"""The money of a promise in words: where it was looked for, and what was found there."""

from __future__ import annotations

from domain.money import Money, Source, Stage
from locales import _
from publish import day_words


def stage(one: Stage, year: int) -> str:
    return {
        Stage.PLANNED: _("in the plans for {year}"),
        Stage.DRAFT: _("in the draft budget of {year}"),
        Stage.ADOPTED: _("in the adopted budget of {year}"),
        Stage.CONTRACTED: _("in a contract of {year}"),
        Stage.PAID: _("among what was paid in {year}"),
    }[one].format(year=year)


def source(one: Source) -> str:
    return {
        Source.SITE: _("the municipality's site"),
        Source.LAWS: _("matsne.gov.ge"),
        Source.PAPER: _("the paper at the town hall"),
        Source.OFFICE: _("the finance department's word"),
    }[one]


def line(money: Money) -> str:
    """One line of a promise's page."""
    return _("💰 The money: {said}.").format(said=said(money))


def said(money: Money) -> str:
    """It says who looked and where: "not found" is no "there is none"."""
    words = {"where": stage(money.stage, money.year), "day": day_words.day(money.on), "source": source(money.source)}
    if not money.found:
        return _("the group did not find it {where} ({source}, {day})").format(**words)
    found = [_("found {where}").format(**words)]
    found += [lari(money.amount)] if money.amount else []
    found += [_("programme code {code}").format(code=money.code)] if money.code else []
    return _("{found} ({source}, {day})").format(found=", ".join(found), **words)


def lari(amount: int) -> str:
    return _("{amount} lari").format(amount=f"{amount:,}".replace(",", "\u00a0"))
