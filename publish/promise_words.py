"""Promises in words, in the language of the person who reads: by when, how it stands, and why we say so."""

from __future__ import annotations

from datetime import date

from domain.promises import Finding, Promise, Reason, Status, Vague, Verdict, Word, due_on
from locales import _, ngettext
from publish.day_words import day


def quoted(said: str) -> str:
    return _("“{words}”").format(words=said)


def nearness(due: date, today: date) -> str:
    """How far the day is: said when somebody is reminded."""
    days = (due - today).days
    if days == 0:
        return _("Today is its day.")
    if days > 0:
        left = ngettext("{count} day is left until its day.", "{count} days are left until its day.", days)
        return left.format(count=days)
    return ngettext("Its day passed {count} day ago.", "Its day passed {count} days ago.", -days).format(count=-days)


def by_when(promise: Promise) -> str:
    """A vague word is shown with the day that we take it for."""
    until = day(due_on(promise))
    if isinstance(promise.due, date):
        return until
    return _("{vague} (we take it as {day})").format(vague=vague(promise.due), day=until)


def in_short(promise: Promise, word: Vague) -> str:
    """The same for a button, which has little room."""
    return f"{vague(word)} → {due_on(promise):%d.%m.%Y}"


def vague(word: Vague) -> str:
    return {
        Vague.SOON: _("soon, within 3 months"),
        Vague.COMING_MONTHS: _("in the coming months, within 6"),
        Vague.THIS_YEARS_BUDGET: _("from this year's budget"),
        Vague.NEXT_YEARS_BUDGET: _("from next year's budget"),
    }[word]


def status(verdict: Verdict) -> str:
    words = {
        Status.NOT_YET_DUE: _("its day has not come yet"),
        Status.UNDER_WAY: _("under way"),
        Status.STALLED: _("it has stopped"),
        Status.OVERDUE: _("its day has passed"),
        Status.KEPT: _("kept"),
        Status.KEPT_LATE: _("kept late"),
        Status.KEPT_IN_PART: _("kept in part"),
        Status.BROKEN: _("broken"),
        Status.DISPUTED: _("disputed"),
        Status.CHANGED_BY_AGREEMENT: _("changed by agreement"),
    }
    if verdict.status in (Status.OVERDUE, Status.KEPT_LATE):
        late = ngettext("{count} day over", "{count} days over", verdict.days_over).format(count=verdict.days_over)
        return f"{words[verdict.status]} ({late})"
    return words[verdict.status]


SIGNS = {
    Status.NOT_YET_DUE: "⏳",
    Status.UNDER_WAY: "🔨",
    Status.STALLED: "⏸",
    Status.OVERDUE: "⌛",
    Status.KEPT: "✅",
    Status.KEPT_LATE: "✅",
    Status.KEPT_IN_PART: "🟡",
    Status.BROKEN: "❌",
    Status.DISPUTED: "❓",
    Status.CHANGED_BY_AGREEMENT: "🤝",
}


def reason(why: Reason) -> str:
    return {
        Reason.NOTHING_KNOWN: _("Nobody has told yet how it stands."),
        Reason.SAID_NOT_STARTED: _("The official says that it has not begun."),
        Reason.SAID_UNDER_WAY: _("The official says that it is under way."),
        Reason.SAID_DONE_NOT_CHECKED: _("The official says that it is done; the group has not looked since."),
        Reason.SAID_CANNOT: _("The official says that it cannot be done."),
        Reason.SAID_CHANGED_NOT_AGREED: _("The official asks to change it; the group has not agreed to that."),
        Reason.SAID_DONE_SEEN_OTHERWISE: _("The official says that it is done; the group sees otherwise."),
        Reason.SEEN_UNDER_WAY: _("The group has seen work going on."),
        Reason.SEEN_NOTHING: _("The group has looked: nothing is to be seen yet."),
        Reason.SEEN_NOTHING_SINCE_BEGUN: _("It had begun, but when the group looked last, nothing was going on."),
        Reason.SEEN_NOTHING_LONG_AFTER: _("The group has looked half a year after its day: nothing is to be seen."),
        Reason.SEEN_DONE: _("The group has seen that it is done."),
        Reason.SEEN_DONE_BADLY: _("The group has seen that it is done, but badly."),
        Reason.AGREED: _("Both sides agreed to change it."),
    }[why]


def said(word: Word) -> str:
    return {
        Word.NOT_STARTED: _("not begun yet"),
        Word.UNDER_WAY: _("under way"),
        Word.DONE: _("done"),
        Word.CANNOT: _("cannot be done"),
        Word.CHANGED: _("to be changed"),
    }[word]


def seen(finding: Finding) -> str:
    return {
        Finding.NOT_CHECKED: _("could not look"),
        Finding.NOTHING_SEEN: _("nothing to be seen yet"),
        Finding.UNDER_WAY: _("work is going on"),
        Finding.DONE: _("done"),
        Finding.DONE_BADLY: _("done, but badly"),
    }[finding]
