"""Grant calls and applications in words, in the language in use."""

from __future__ import annotations

from collections.abc import Collection

from domain.grants import Party, Stage, Step
from locales import _, ngettext
from publish import money_words, need_words
from publish.day_words import day
from storage.grants import Call
from storage.grants_by_need import Given


def stage(one: Stage) -> str:
    return {
        Stage.PLANNED: _("planned"),
        Stage.SENT: _("sent in"),
        Stage.LATER: _("put off"),
        Stage.REFUSED: _("refused"),
        Stage.GRANTED: _("granted"),
        Stage.RECEIVED: _("the money has come"),
        Stage.DONE: _("done"),
        Stage.WITHDRAWN: _("withdrawn"),
    }[one]


def title(call: Call) -> str:
    return f"{call.funder}: {call.name}"


def card(call: Call) -> str:
    """All that there is to know of a call."""
    lines = [
        title(call),
        _("Money in the whole call: {amount}").format(amount=money_words.lari(call.terms.most)),
        _("For: {kinds}").format(kinds=kinds(call.terms.kinds)),
        until(call),
        "",
        call.criteria,
    ]
    return "\n".join([*lines, *(["", rule(call.points)] if call.points else [])])


def kinds(wanted: Collection[str]) -> str:
    named = [words for kind, words in need_words.kinds().items() if kind in wanted]
    return ", ".join(named) or _("needs of every kind")


def until(call: Call) -> str:
    if call.terms.ended:
        return _("Nobody can apply any more.")
    return _("Applications until {day}").format(day=day(call.terms.deadline))


def rule(points: int) -> str:
    if not points:
        return _("The committee has no preference for surveyed needs.")
    words = ngettext(
        "The committee's rule: a need that stands on its village's agreed list, with a sealed annex of evidence, gets "
        "{count} point more, of a hundred.",
        "The committee's rule: a need that stands on its village's agreed list, with a sealed annex of evidence, gets "
        "{count} points more, of a hundred.",
        points,
    )
    return words.format(count=points)


def step(one: Step) -> str:
    """ "4 May 2026: granted, 9 000 lari (the committee)"."""
    parts = [stage(one.stage), money_words.lari(one.amount) if one.amount else ""]
    line = _("{day}: {what}").format(day=day(one.on), what=", ".join(filter(None, parts)))
    by = _("the committee")
    said = f"{line} ({by})" if one.party is Party.COMMITTEE else line
    return f"{said}. {one.reason}" if one.reason else said


def need(kind: str, words: str | None) -> str:
    return f"{need_words.kind(kind)}: {words}" if words else need_words.kind(kind)


def given(one: Given) -> str:
    """Whose money, how much, since when, and how far it is."""
    amount = money_words.lari(one.amount)
    line = _("{funder}, {amount}, {day}").format(funder=one.funder, amount=amount, day=day(one.granted.on))
    return f"{line} – {stage(one.stage)}"
