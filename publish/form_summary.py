"""What came of a form, as anybody may see it: no cell under five, women and men where both are many.

An answering by a group is about a village, not about persons: its answers are shown, but where a question counts people
or homes (appearance "people") a number below five is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain import counts
from domain.counts import Published
from domain.forms.asked import Asked, Kind, Question
from domain.forms.form import Form
from domain.forms.plain import plain
from domain.people import Sex
from locales import _, ngettext
from publish import day_words
from publish.form_answers import Answered, spoken

COUNTED = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK, Kind.ACKNOWLEDGE)
NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)
PICTURES = (Kind.IMAGE,)
UNSHOWN = (Kind.NOTE, Kind.HIDDEN, Kind.TEXT, Kind.BARCODE, Kind.AUDIO, Kind.VIDEO, Kind.FILE)
PEOPLE = "people"
A_PICTURE = 6  # questions on one picture


def of_people(answers: Sequence[Answered], *, closed: bool) -> list[dict[str, Any]]:
    """A block for each question that has something to show. Words are never here: a person reads them first.

    `closed`: women and men are shown beside each other once, when nobody answers any more.
    """
    if len(answers) < counts.K:
        return []
    form = answers[-1].form
    language = spoken(form)
    blocks = []
    for question in form.questions:
        if question.repeat or question.kind in UNSHOWN:
            continue
        values = [(one.session.values().get(question.path, ""), one.row.sex) for one in answers]
        bars = _bars(form, question, language, [pair for pair in values if pair[0]], closed=closed)
        if bars:
            blocks.append({"title": plain(form.label(question.path, language)), "bars": bars})
    return blocks


def _bars(
    form: Form, question: Question, language: str, values: Sequence[tuple[str, str | None]], *, closed: bool
) -> list[dict[str, Any]]:
    if question.kind in COUNTED:
        return _choices(form, question, language, values, closed=closed)
    if question.kind in NUMBERS and len(values) >= counts.K:
        found = sorted(float(value) for value, _sex in values)
        middle = found[len(found) // 2]
        return [{"label": _("in the middle"), "number": round(middle, 1), "split": ""}]
    return []


def _choices(
    form: Form, question: Question, language: str, values: Sequence[tuple[str, str | None]], *, closed: bool
) -> list[dict[str, Any]]:
    many = question.kind is Kind.SELECT_MULTIPLE
    told: Counter[str] = Counter()
    by_sex: dict[str, Counter[str]] = {}
    for value, sex in values:
        for choice in value.split() if many else [value]:
            told[choice] += 1
            by_sex.setdefault(choice, Counter())[sex or Sex.UNDISCLOSED] += 1
    shown = counts.publish(Published(), told, date(2026, 1, 1)).cells
    named = {choice.value: plain(choice.label) for choice in form.choices(question.path, language)}
    return [
        {"label": named.get(each, each), "number": number, "split": _split(number, by_sex[each]) if closed else ""}
        for each, number in sorted(shown.items(), key=lambda cell: -cell[1])
    ]


def _split(number: int, parts: Mapping[str, int]) -> str:
    found = counts.split(number, parts)
    if found is None:
        return ""
    return _("women {women}, men {men}").format(women=found.get(Sex.WOMAN, 0), men=found.get(Sex.MAN, 0))


def head(title: str, place: str, answers: int) -> dict[str, str]:
    said = ngettext("{count} answer", "{count} answers", answers).format(count=answers)
    few = _("Fewer than {least} have answered so far: nothing is shown yet.").format(least=counts.K)
    under = _("Numbers under {least} are not shown.").format(least=counts.K)
    return {"title": title, "place": place, "count": said if answers >= counts.K else few, "foot": under}


# A group's profile


def of_group(one: Answered) -> list[dict[str, Any]]:
    """The sections of a profile: for each the lines with a question and its answer, numbers as bars, and its photos."""
    form, session = one.form, one.session
    session.set_language(spoken(form))
    sections: dict[str, dict[str, Any]] = {}
    values = session.values()
    for ref, value in values.items():
        path = "/".join(part.partition("[")[0] for part in ref.split("/"))
        question = _question(form, path)
        if question is None or question.kind in (Kind.NOTE, Kind.HIDDEN):
            continue
        asked = session.question(ref)
        section = sections.setdefault(question.section, _section(session, question.section))
        if question.kind in PICTURES:
            section["photos"].append({"file": value})
        else:
            section["lines"].append(_line(asked, question, value))
    return list(sections.values())


def _question(form: Form, path: str) -> Question | None:
    return next((one for one in form.questions if one.path == path), None)


def _section(session: Any, path: str) -> dict[str, Any]:
    title = plain(session.question(path).label) if path else ""
    return {"title": title, "lines": [], "photos": []}


def _line(asked: Asked, question: Question, value: str) -> dict[str, Any]:
    number = _whole(question, value)
    if number is None or PEOPLE not in question.appearance:  # kilometres and people are never beside each other as bars
        return {"label": plain(asked.label), "words": _words(asked, value), "number": None}
    if 0 < number < counts.K:
        return {"label": plain(asked.label), "words": _("fewer than {least}").format(least=counts.K), "number": None}
    return {"label": plain(asked.label), "words": value, "number": number}


def _whole(question: Question, value: str) -> int | None:
    return int(value) if question.kind is Kind.INTEGER and value.isdecimal() else None


def _words(asked: Asked, value: str) -> str:
    if asked.choices:
        named = {choice.value: plain(choice.label) for choice in asked.choices}
        chosen = value.split() if asked.kind in (Kind.SELECT_MULTIPLE, Kind.RANK) else [value]
        return ", ".join(named.get(each, each) for each in chosen)
    if asked.kind is Kind.GEOPOINT:
        return ", ".join(f"{float(number):.4f}" for number in value.split()[:2])
    if asked.kind is Kind.DATE:
        return _day(value)
    return value[:5] if asked.kind is Kind.TIME else value


def _day(value: str) -> str:
    try:
        return day_words.day(date.fromisoformat(value[:10]))
    except ValueError:
        return value
