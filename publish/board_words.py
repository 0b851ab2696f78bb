"""The words of the public board: how promises stand in one sentence, and what happened with each, without a name."""

from __future__ import annotations

from datetime import date

from domain.promises import REFUSED, Axis, Finding, Word
from domain.tally import Lot, Tally
from locales import _
from publish import promise_words
from publish.day_words import day
from storage import promises
from storage.promises import Told


def sentence(tally: Tally) -> str:
    if not tally.all:
        return _("Nothing has been promised here yet.")
    lots = tally.lots
    said = _(
        "Promises due by today or already answered: {due}. Kept: {kept} (late: {late}), "
        "in part: {part}, not kept: {broken}, not checked: {unseen}."
    )
    parts = [
        said.format(
            due=tally.due,
            kept=tally.kept,
            late=lots[Lot.KEPT_LATE],
            part=lots[Lot.IN_PART],
            broken=lots[Lot.NOT],
            unseen=lots[Lot.NOT_CHECKED],
        )
    ]
    if lots[Lot.DISPUTED]:
        parts.append(_("Disputed: {count}.").format(count=lots[Lot.DISPUTED]))
    if lots[Lot.LET_GO]:
        parts.append(_("Let go by agreement: {count}.").format(count=lots[Lot.LET_GO]))
    return " ".join([*parts, _("Their day is still ahead: {count}.").format(count=lots[Lot.NOT_YET])])


def lot(value: Lot) -> str:
    return {
        Lot.KEPT: _("kept"),
        Lot.KEPT_LATE: _("kept late"),
        Lot.IN_PART: _("kept in part"),
        Lot.NOT: _("not kept"),
        Lot.DISPUTED: _("disputed"),
        Lot.NOT_CHECKED: _("not checked"),
        Lot.LET_GO: _("let go by agreement"),
        Lot.NOT_YET: _("its day has not come yet"),
    }[value]


def happened(told: Told) -> str | None:
    """None for what is not for the public. In public a check is the group's: no name, no note."""
    if told.kind == Axis.OFFICIAL:
        return _official(told)
    if told.kind == Axis.GROUP:
        return _("The group: {finding}").format(finding=promise_words.seen(Finding(told.body["value"])))
    if told.kind == Axis.SCHEDULE:
        return _agreed(told)
    return _record(told)


def on(told: Told) -> str:
    named = told.body.get("on")
    return day(date.fromisoformat(named) if named else told.at.date())


def _record(told: Told) -> str | None:
    if told.kind == promises.CORRECTED:
        return _("The official says that it was meant so: “{words}”").format(words=told.body["words"])
    return {
        promises.RECORDED: _("The promise was written down."),
        promises.CONFIRMED: _("The official confirmed that it was written down rightly."),
    }.get(told.kind)


def _official(told: Told) -> str:
    line = _("The official: {word}").format(word=promise_words.said(Word(told.body["value"])))
    if told.body.get("why"):
        line += ". " + promise_words.quoted(told.body["why"])
    if told.body.get("new_due"):
        asked = day(date.fromisoformat(told.body["new_due"]))
        line += ". " + _("The day asked for: {day}.").format(day=asked)
    return line


def _agreed(told: Told) -> str:
    if told.body["value"] == REFUSED:
        return _("The group did not agree to the change.")
    if told.body.get("due") is None:
        return _("Both sides agreed to let it go.")
    return _("Both sides agreed on another day: {day}.").format(day=day(date.fromisoformat(told.body["due"])))
