"""The gender-responsive budgeting table in words and rows: what its paper, its picture and its workbook all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.gender_budget import First, Line, Mark, Sum, Table
from domain.markers import Level, Standing
from locales import _, current, ngettext
from publish import day_words, marker_words, money_words, need_words, paper

LARI = "₾"
_LEVELS = {Mark.MAIN: Level.MAIN, Mark.IMPORTANT: Level.IMPORTANT, Mark.NOT: Level.NOT}


@dataclass(frozen=True, slots=True)
class Page:
    """`before` is the table of the year before, where it has promises."""

    municipality: str
    day: date
    table: Table
    before: Table | None = None

    @property
    def title(self) -> str:
        return _("The budget of {year} for women and men").format(year=self.table.year)


@dataclass(frozen=True, slots=True)
class Part:
    """A division of the promises; each row has its label, this year's sum and the one before's."""

    label: str
    rows: list[tuple[str, Sum, Sum | None]]


def parts(page: Page) -> list[Part]:
    this, before = page.table, page.before
    firsts = [(_first(key), value, before.by_first[key] if before else None) for key, value in this.by_first.items()]
    marks = [(_mark(key), value, before.by_mark[key] if before else None) for key, value in this.by_mark.items()]
    kinds = sorted({*this.by_kind, *(before.by_kind if before else ())})
    of_kind = [(_kind(key), *_both(this.by_kind, before.by_kind if before else None, key)) for key in kinds]
    return [
        Part(_("By marker"), marks),
        Part(_("By whose first need it meets"), firsts),
        Part(_("By kind"), of_kind),
        Part(_("All"), [(_("All promises"), this.total, before.total if before else None)]),
    ]


def _both(this: Mapping[str, Sum], before: Mapping[str, Sum] | None, key: str) -> tuple[Sum, Sum | None]:
    return this.get(key, Sum()), None if before is None else before.get(key, Sum())


def _mark(mark: Mark) -> str:
    if mark in _LEVELS:
        return marker_words.level(_LEVELS[mark])
    return _("the group and the municipality differ") if mark is Mark.DIFFERENT else _("no marker yet")


def _first(first: First) -> str:
    return {
        First.WOMEN: _("first on the women's list"),
        First.MEN: _("first on the men's list"),
        First.BOTH: _("first on both lists"),
        First.NEITHER: _("first on neither list"),
        First.UNKNOWN: _("not known, or the lists are not shown"),
    }[first]


def _kind(kind: str) -> str:
    return need_words.kind(kind) if kind else _("for no surveyed need")


def notes(page: Page) -> list[str]:
    """How to read it, and what it does not say."""
    table = page.table
    marked = sum(line.marker.standing is not Standing.NONE for line in table.lines)
    said = [
        _("These are the promises whose day is in {year} or whose money was looked for in that year's budget.").format(
            year=table.year
        ),
        _("Amounts are what somebody found in the budget; {priced} of {all} promises have one.").format(
            priced=table.total.priced, all=table.total.promises
        ),
        _(
            "The marker is proposed by the group and confirmed by the municipality. Promises with a marker: {marked}, "
            "confirmed: {confirmed}. 2 is not better than 1."
        ).format(marked=marked, confirmed=table.confirmed),
        _("It counts promises, never people. Women's and men's lists are shown only from five people each on."),
        _(
            "The columns do not follow the gender tagging of the Ministry of Finance: the text of its methodology "
            "could not be read when this table was made."
        ),
    ]
    if table.shared_codes:
        codes = ", ".join(table.shared_codes)
        said.insert(
            2, _("Several promises stand under the same code ({codes}): it may be the same money.").format(codes=codes)
        )
    return said


def headings() -> list[str]:
    return [
        _("Village"),
        _("What was promised"),
        _("Kind"),
        _("Marker: the group"),
        _("Marker: the municipality"),
        _("Why; who gains, who could lose"),
        _("Indicator"),
        _("Today"),
        _("Whose first need"),
        _("Programme code"),
        _("Stage"),
        LARI,
    ]


def cells(line: Line) -> list[str]:
    """As `headings`, without the amount."""
    proposal, money = line.marker.proposal, line.money
    return [
        line.place,
        line.words,
        _kind(line.kind),
        str(int(proposal.level)) if proposal else "–",
        _municipality(line),
        _why(line),
        (proposal.indicator or "") if proposal else "",
        (proposal.baseline or "") if proposal else "",
        _first(line.first) if line.first is not First.UNKNOWN else "–",
        (money.code or "") if money else "",
        money_words.stage(money.stage, money.year) if money else "",
    ]


def _municipality(line: Line) -> str:
    answer = line.marker.answer
    if answer is None:
        return _("has not answered") if line.marker.proposal else ""
    said = f"{int(answer.level)} ({answer.office})"
    return f"{said}: {answer.why}" if answer.why else said


def _why(line: Line) -> str:
    proposal = line.marker.proposal
    if proposal is None:
        return ""
    said = [proposal.why, _("Who gains: {gains}").format(gains=proposal.gains)]
    said += [_("Who could lose: {loses}").format(loses=proposal.loses)] if proposal.loses else []
    return "\n".join(said)


def pdf(page: Page) -> bytes:
    return paper.pdf("gender_budget", data(page))


def png(page: Page) -> bytes:
    """The sums alone, to be read on a phone."""
    return paper.png("gender_budget_picture", data(page))


def data(page: Page) -> dict[str, Any]:
    before = page.before
    return {
        "lang": current(),
        "title": page.title,
        "municipality": page.municipality,
        "day": _("As of {day}").format(day=day_words.day(page.day)),
        "years": [str(page.table.year), *([str(before.year)] if before else [])],
        "heads": {
            "promises": _("promises"),
            "lari": LARI,
            "list": _("The promises, one by one"),
            "all": _("All promises"),
        },
        "figures": [{"number": number, "words": words} for number, words in _figures(page.table)],
        "total": _lari(page.table.total.amount),
        "parts": [_part(part, page.table.total) for part in parts(page)],
        "headings": headings(),
        "lines": [[*cells(line), _lari(line.amount)] for line in page.table.lines],
        "notes": notes(page),
    }


def _figures(table: Table) -> list[tuple[str, str]]:
    """What one sees first."""
    marked = sum(line.marker.standing is not Standing.NONE for line in table.lines)
    return [
        (str(table.total.promises), _("promises in all")),
        (f"{_lari(table.total.amount)} {LARI}", _("found in the budget")),
        (f"{table.total.priced} / {table.total.promises}", _("promises with an amount")),
        (f"{marked} / {table.total.promises}", _("promises with a marker")),
    ]


def _part(part: Part, total: Sum) -> dict[str, Any]:
    rows = [
        {
            "label": label,
            "sums": [_pair(one) for one in (this, before) if one is not None],
            "said": _said(this),
            "share": this.promises / total.promises if total.promises else 0,
        }
        for label, this, before in part.rows
    ]
    return {"label": part.label, "rows": rows}


def _pair(one: Sum) -> list[str]:
    return [str(one.promises), _lari(one.amount)]


def _said(one: Sum) -> str:
    count = ngettext("{count} promise", "{count} promises", one.promises).format(count=one.promises)
    return f"{count}, {_lari(one.amount)}\u00a0{LARI}" if one.amount else count


def _lari(amount: int) -> str:
    return f"{amount:,}".replace(",", "\u00a0") if amount else "–"
