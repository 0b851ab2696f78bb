"""What happened with a promise, step by step, as everybody may read it: without the name of a member or a neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.promises import REFUSED, Axis, Finding, Heard, Source, Word
from locales import _, ngettext
from publish import promise_words
from publish.day_words import day
from storage import promises
from storage.promises import Dossier, NewPromise, Told

OFFICIAL, GROUP, NEIGHBOURS, RECORD, MENDED = "official", "group", "neighbours", "record", "mended"


@dataclass(frozen=True, slots=True)
class Step:
    """`side` is whose step it was; `number` is the event's, for its photo."""

    day: date
    words: str
    side: str
    number: int


def story(one: Dossier) -> list[Step]:
    """In the order in which it was told; what neighbours say twice running is said once."""
    steps: list[Step] = []
    for told in one.told:
        step = _step(told, one.new)
        if step is not None and not (steps and step.side == NEIGHBOURS and steps[-1].words == step.words):
            steps.append(step)
    return steps


def _step(told: Told, new: NewPromise) -> Step | None:
    side, words = _said(told, new)
    named = told.body.get("on")
    return Step(date.fromisoformat(named) if named else told.at.date(), words, side, told.number) if words else None


def _said(told: Told, new: NewPromise) -> tuple[str, str | None]:
    """None for what is not for the public."""
    if told.kind == Axis.OFFICIAL:
        return OFFICIAL, _official(told)
    if told.kind == Axis.GROUP:
        return GROUP, _group(told)
    if told.kind == Axis.VOICE:
        return NEIGHBOURS, _voice(told)
    if told.kind == Axis.SCHEDULE:
        return RECORD, _agreed(told)
    if told.kind == promises.NOTE:
        return MENDED, _("Added: {words}").format(words=promise_words.quoted(told.body["words"]))
    return RECORD, _record(told, new)


def _group(told: Told) -> str:
    """In public a check is the group's: no name, no note."""
    said = _("The group: {finding}").format(finding=promise_words.seen(Finding(told.body["value"])))
    return ", ".join([said, _("with a photo")]) if told.photo else said


def _voice(told: Told) -> str:
    if told.body["value"] == Heard.SUPPORTS:
        return _("Neighbours see it so too.")
    return _("Neighbours see it otherwise.")


def _record(told: Told, new: NewPromise) -> str | None:
    if told.kind == promises.RECORDED:
        return _recorded(new)
    if told.kind == promises.CORRECTED:
        return _("The official says that it was meant so: “{words}”").format(words=told.body["words"])
    if told.kind == promises.CONFIRMED:
        return _("The official confirmed that it was written down rightly.")
    if told.kind == promises.SPLIT:
        count = len(told.body["parts"])
        parts = ngettext("It was split into {count} part.", "It was split into {count} parts.", count)
        return parts.format(count=count)
    return _course(told)


def _recorded(new: NewPromise) -> str:
    said = _("The promise was written down.")
    return said if new.source is Source.ROUND_TABLE else f"{said} {_where(new.source)}"


def _where(source: Source) -> str:
    return _("It was made {where}.").format(where=promise_words.source(source))


def _course(told: Told) -> str | None:
    body = told.body
    if told.kind == promises.JOINED:
        contract = f" ({body['contract']})" if body["contract"] else ""
        return _("It is done under: {programme}").format(programme=body["programme"] + contract)
    if told.kind == promises.HANDED:
        said = _("From now on this office answers for it: {office}.").format(office=body["office"])
        return f"{said} {promise_words.quoted(body['why'])}" if body.get("why") else said
    return None


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


def newest(one: Dossier) -> Step:
    """What was told last of what is for the public."""
    steps: Sequence[Step] = story(one)
    return steps[-1]
