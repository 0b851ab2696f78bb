"""How a round table is put into words: sides, answers, counts, and the question that makes a promise definite."""

from __future__ import annotations

from domain.meetings.record import Answer, Counted, Guest, Item, Promise, ReadBack, Record, Reply, Side
from domain.meetings.vagueness import Gap
from domain.people import Sex
from domain.promises import Promise as Ruled
from domain.promises import Vague
from locales import _, ngettext
from publish import need_words, promise_words


def title(record: Record) -> str:
    return _("Round table No {number}").format(number=f"{record.number}/{record.year}")


def issue(item: Item) -> str:
    kind = need_words.kind(item.kind)
    return f"{kind} – {item.words}" if item.words else kind


def numbered(record: Record) -> list[str]:
    return [f"{number}. {issue(item)}" for number, item in enumerate(record.items, start=1)]


def side(value: Side) -> str:
    return {
        Side.COMMUNITY: _("Community"),
        Side.ELECTED: _("Council"),
        Side.EXECUTIVE: _("City hall"),
        Side.GUEST: _("Guest"),
    }[Side(value)]


def sex(value: Sex) -> str:
    return {Sex.WOMAN: _("Woman"), Sex.MAN: _("Man"), Sex.UNDISCLOSED: _("Not said")}[Sex(value)]


def answer(value: Answer) -> str:
    return {
        Answer.YES: _("Yes"),
        Answer.PARTLY: _("In part"),
        Answer.NO: _("No"),
        Answer.WILL_STUDY: _("Will study it"),
        Answer.NOT_OURS: _("Not ours"),
    }[Answer(value)]


def own_answer(value: Answer) -> str:
    """As they say it of themselves."""
    return _("We will study it") if value is Answer.WILL_STUDY else answer(value)


def counted(value: Counted) -> str:
    return {
        Counted.PRIORITIES: _("the priorities document"),
        Counted.BUDGET: _("the budget"),
        Counted.VILLAGE_SUPPORT: _("the village support programme"),
        Counted.GRANT: _("a grant"),
        Counted.NO_MONEY: _("needs no money"),
    }[Counted(value)]


def read_back(value: ReadBack) -> str:
    return {
        ReadBack.CONFIRMED: _("the speaker confirmed it"),
        ReadBack.CORRECTED: _("the speaker corrected it"),
        ReadBack.NOT_ASKED: _("the speaker was not asked"),
    }[ReadBack(value)]


def reply(guest: Guest) -> str:
    match guest.reply:
        case Reply.COMING:
            return _("is coming")
        case Reply.SENDS:
            return _("sends {name}").format(name=guest.sends) if guest.sends else _("sends somebody")
        case Reply.NOT_COMING:
            return _("is not coming")
        case None:
            return _("has not answered")


def due(promise: Promise) -> str:
    if promise.due is None:
        rule = promise_words.in_short(Ruled(promise.made_on, Vague.SOON), Vague.SOON)
        return _("no time was named; held to: {rule}").format(rule=rule)
    if isinstance(promise.due, Vague):
        return promise_words.in_short(Ruled(promise.made_on, promise.due), promise.due)
    return f"{promise.due:%d.%m.%Y}"


def ask(gap: Gap) -> str:
    return {
        Gap.DAY: _("“By which day will it be done?”"),
        Gap.MONEY: _("“How much money does it take?”"),
        Gap.SOURCE: _("“From which budget line or programme does the money come?”"),
        Gap.CHECK: _("“How will the village see that it is done?”"),
    }[Gap(gap)]


def counts(record: Record) -> list[str]:
    sat, spoke = record.sat(), record.spoke()
    return [
        _("Here: {women}, {men}").format(women=_women(sat[Sex.WOMAN]), men=_men(sat[Sex.MAN])),
        _("Spoke: {women}, {men}").format(women=_women(spoke[Sex.WOMAN]), men=_men(spoke[Sex.MAN])),
    ]


def _women(count: int) -> str:
    return ngettext("{count} woman", "{count} women", count).format(count=count)


def _men(count: int) -> str:
    return ngettext("{count} man", "{count} men", count).format(count=count)
