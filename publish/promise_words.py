"""Promises in words, in the language of the person who reads: by when, how it stands, and why we say so."""

from __future__ import annotations

from datetime import date

from domain.promises import Finding, Promise, Reason, Source, Status, Vague, Verdict, Word, due_on
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


def _names() -> dict[Status, str]:
    return {
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


def status(verdict: Verdict) -> str:
    words = _names()
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
        Reason.SAID_CHANGED_REFUSED: _(
            "The official asked to change it; the group did not agree, so the first day holds."
        ),
        Reason.SAID_DONE_SEEN_OTHERWISE: _("The official says that it is done; the group sees otherwise."),
        Reason.SEEN_UNDER_WAY: _("The group has seen work going on."),
        Reason.SEEN_NOTHING: _("The group has looked: nothing is to be seen yet."),
        Reason.SEEN_NOTHING_SINCE_BEGUN: _("It had begun, but when the group looked last, nothing was going on."),
        Reason.SEEN_NOTHING_LONG_AFTER: _("The group has looked half a year after its day: nothing is to be seen."),
        Reason.SEEN_DONE_ONCE: _("One of the group has seen it done; a second look or a photo is still needed."),
        Reason.SEEN_DIFFERENTLY: _("In the group some saw it done and some did not; a new look with a photo decides."),
        Reason.NEIGHBOURS_DISAGREE: _("Neighbours see it otherwise; a new look with a photo decides."),
        Reason.SPLIT: _("It was split into parts, and each part is followed by itself."),
        Reason.SEEN_DONE: _("The group has seen that it is done."),
        Reason.SEEN_DONE_BADLY: _("The group has seen that it is done, but badly."),
        Reason.AGREED: _("Both sides agreed to change it."),
    }[why]


def stands(verdict: Verdict, *, due: bool = True) -> str:
    """How it stands and why, in one sentence: "kept late – due 1 May 2026, the group saw on 19 June 2026 that it is
    done, with a photo". What everybody reads, on the board as in the chat."""
    status, why = parts(verdict, due=due)
    return _("{status} – {why}").format(status=status, why=why)


def parts(verdict: Verdict, *, due: bool = True) -> tuple[str, str]:
    """The status, and why, apart."""
    why = [_due(verdict) if due else "", _because(verdict)]
    if verdict.found and verdict.found.photo and _rests_on_a_look(verdict):
        why.append(_("with a photo"))
    return _names()[verdict.status], ", ".join(each for each in why if each)


def provisional(verdict: Verdict) -> str:
    """ "Kept" is the group's word for two weeks."""
    if verdict.provisional_until is None:
        return ""
    until = day(verdict.provisional_until)
    return _("The group says so; neighbours may disagree until {day}.").format(day=until)


def _due(verdict: Verdict) -> str:
    return _("due {day}").format(day=day(verdict.due)) if verdict.due else ""


def _rests_on_a_look(verdict: Verdict) -> bool:
    return verdict.reason.value.startswith("seen_") or verdict.reason is Reason.SAID_DONE_SEEN_OTHERWISE


def _because(verdict: Verdict) -> str:
    said = day(verdict.said.on) if verdict.said else ""
    found = day(verdict.found.on) if verdict.found else ""
    if done_on := _done_before_it_was_seen(verdict):
        done = _("the official said on {day} that it is done, and on {seen} the group saw that it is")
        return done.format(day=day(done_on), seen=found)
    return {
        Reason.NOTHING_KNOWN: _("the official has not answered yet, and the group has not looked"),
        Reason.SAID_NOT_STARTED: _("the official said on {day} that it has not begun, the group has not looked since"),
        Reason.SAID_UNDER_WAY: _("the official said on {day} that it is under way, the group has not looked since"),
        Reason.SAID_DONE_NOT_CHECKED: _("the official said on {day} that it is done, the group has not looked since"),
        Reason.SAID_CANNOT: _("the official said on {day} that it cannot be done"),
        Reason.SAID_CHANGED_NOT_AGREED: _("the official asked on {day} to change it, the group has not answered yet"),
        Reason.SAID_CHANGED_REFUSED: _("the official asked on {day} to change it, the group did not agree"),
        Reason.SAID_DONE_SEEN_OTHERWISE: _("the official says that it is done, the group saw otherwise on {seen}"),
        Reason.SEEN_UNDER_WAY: _("the group saw on {seen} that work is going on"),
        Reason.SEEN_NOTHING: _("the group looked on {seen} and saw nothing yet"),
        Reason.SEEN_NOTHING_SINCE_BEGUN: _("it had begun, the group looked on {seen} and nothing was going on"),
        Reason.SEEN_NOTHING_LONG_AFTER: _("the group looked on {seen}, half a year after its day, and saw nothing"),
        Reason.SEEN_DONE_ONCE: _("one of the group saw on {seen} that it is done, a second look is still needed"),
        Reason.SEEN_DONE: _("the group saw on {seen} that it is done"),
        Reason.SEEN_DONE_BADLY: _("the group saw on {seen} that it is done, but badly"),
        Reason.SEEN_DIFFERENTLY: _("in the group some saw it done and some did not, a new look with a photo decides"),
        Reason.NEIGHBOURS_DISAGREE: _("neighbours see it otherwise, a new look with a photo decides"),
        Reason.AGREED: _("the official and the group agreed to it"),
        Reason.SPLIT: _("it was split into parts, and each part is followed by itself"),
    }[verdict.reason].format(day=said, seen=found)


def _done_before_it_was_seen(verdict: Verdict) -> date | None:
    """The official's day, where that is what counts and the group looked only after the promise's day."""
    if verdict.reason is not Reason.SEEN_DONE or not (verdict.found and verdict.said and verdict.due):
        return None
    theirs = verdict.said.on
    counts = verdict.said.value is Word.DONE and verdict.done_on == theirs
    return theirs if counts and verdict.found.on > max(verdict.due, theirs) else None


def vague_rules() -> list[str]:
    """By which days vague words are taken; the board states them."""
    return [
        _("“Soon” is taken as 3 months after it was said."),
        _("“In the coming months” is taken as 6 months after it was said."),
        _("“From this year's budget” is taken as 31 December of that year."),
        _("“From next year's budget” is taken as 31 December of the next year."),
    ]


def source(where: Source) -> str:
    return {
        Source.ROUND_TABLE: _("at a round table"),
        Source.LETTER: _("in a letter"),
        Source.SESSION: _("at a session of the council"),
        Source.YEARLY_REPORT: _("at the yearly report"),
        Source.ASSEMBLY: _("at the assembly of the village"),
        Source.CANDIDATE: _("as a candidate, before an election"),
    }[where]


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
