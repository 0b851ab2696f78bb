"""What came of a form, as anybody may see it: pictures and the page are made of the same blocks.

Which numbers are shown is domain/form_counts.py's. Words are nowhere here: a person reads them first.
An answering by a group is about a village, not about persons: its answers are shown, but where a question counts people
or homes (appearance "people") a number below five is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import counts, form_counts
from domain.form_counts import Cell, Parts
from domain.forms.asked import Asked, Kind, Question
from domain.forms.form import Form
from domain.forms.plain import plain
from domain.people import Sex
from locales import _, ngettext
from publish import day_words
from publish.form_answers import Answered, spoken

NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)
DATES = (Kind.DATE, Kind.DATETIME)
CHOSEN = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK, Kind.ACKNOWLEDGE, *DATES)
PICTURES = (Kind.IMAGE,)
WORDS = (Kind.TEXT, Kind.BARCODE)
FILES = (*PICTURES, Kind.AUDIO, Kind.VIDEO, Kind.FILE)
UNASKED = (Kind.NOTE, Kind.HIDDEN)
PEOPLE = "people"
MONTHS = 12  # more than these, and dates are counted by years

Block = dict[str, Any]  # title, bars (label number shown split parts), lines (label words)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one question, with whether a woman or a man gave it."""

    value: str
    sex: str


def of_people(answers: Sequence[Answered], *, closed: bool) -> list[Block]:
    """A block for each question that has something to show.

    `closed`: exact numbers, and women and men beside each other, are shown when nobody answers any more.
    """
    if len(answers) < counts.K:
        return []
    form = answers[-1].form
    language = spoken(form)
    everybody = _by_sex(one.row.sex or Sex.UNDISCLOSED for one in answers)
    told = [(one.session.values(), one.row.sex or Sex.UNDISCLOSED) for one in answers]
    blocks = []
    for question in form.questions:
        if question.repeat or question.kind in UNASKED:
            continue
        given = [Given(values[question.path], sex) for values, sex in told if values.get(question.path)]
        block = _block(form, question, language, given, everybody, closed=closed)
        if block["bars"] or block["lines"]:
            blocks.append({"title": plain(form.label(question.path, language)), **block})
    return blocks


def _block(
    form: Form, question: Question, language: str, given: Sequence[Given], everybody: Parts, *, closed: bool
) -> Block:
    if question.kind in CHOSEN:
        return {"bars": _bars(form, question, language, given, everybody, closed=closed), "lines": []}
    if question.kind in NUMBERS:
        return {"bars": [], "lines": _spread([float(one.value) for one in given])}
    cell = form_counts.total(len(given), closed=closed)
    if cell is None or question.kind not in (*WORDS, *FILES):
        return {"bars": [], "lines": []}
    label = _("sent") if question.kind in FILES else _("told in their own words")
    return {"bars": [], "lines": [{"label": label, "words": shown(cell)}]}


def _bars(
    form: Form, question: Question, language: str, given: Sequence[Given], everybody: Parts, *, closed: bool
) -> list[dict[str, Any]]:
    named = {choice.value: plain(choice.label) for choice in form.choices(question.path, language)}
    chosen: dict[str, list[str]] = {}
    years = question.kind in DATES and len({one.value[:7] for one in given}) > MONTHS
    for one in given:
        for choice in _taken(question, one.value, years=years):
            chosen.setdefault(choice, []).append(one.sex)
    cells = {choice: _by_sex(sexes) for choice, sexes in chosen.items()}
    rule = form_counts.any_of if question.kind is Kind.SELECT_MULTIPLE else form_counts.one_of
    found = rule(cells, everybody, closed=closed)
    in_time = question.kind in DATES
    ordered = sorted(found.items(), key=lambda each: each[0] if in_time else -each[1].number)
    if question.kind is Kind.ACKNOWLEDGE:
        named = dict.fromkeys(found, _("has read it"))
    if in_time and not years:
        named = {each: day_words.month(date.fromisoformat(f"{each}-01")) for each in found}
    return [
        {"label": named.get(each, each), "number": cell.number, "shown": shown(cell)} | _split(cell)
        for each, cell in ordered
    ]


def _taken(question: Question, value: str, *, years: bool) -> list[str]:
    """A rank counts by its first place; a day by its month, or its year."""
    if question.kind is Kind.SELECT_MULTIPLE:
        return value.split()
    if question.kind is Kind.RANK:
        return value.split()[:1]
    return [value[: 4 if years else 7]] if question.kind in DATES else [value]


def _by_sex(sexes: Iterable[str]) -> Parts:
    return {each.value: 0 for each in Sex} | Counter(sexes)


def _spread(values: Sequence[float]) -> list[dict[str, str]]:
    found = form_counts.spread(values)
    if found is None:
        return []
    lines = [{"label": _("in the middle"), "words": f"{found.middle:g}"}]
    if found.low is not None:
        between = _("{low} to {high}").format(low=f"{found.low:g}", high=f"{found.high:g}")
        lines.append({"label": _("most answered"), "words": between})
    return lines


def shown(cell: Cell) -> str:
    """ "15+" is 15 or a few more."""
    return f"{cell.number}+" if cell.least else str(cell.number)


def _split(cell: Cell) -> dict[str, Any]:
    """In words, and as numbers; empty where they are not shown."""
    if cell.parts is None:
        return {"split": "", "parts": {}}
    words = _("women {women}, men {men}").format(women=cell.parts[Sex.WOMAN], men=cell.parts[Sex.MAN])
    return {"split": words, "parts": {str(sex): part for sex, part in cell.parts.items()}}


def head(title: str, place: str, answers: int, *, closed: bool) -> dict[str, str]:
    cell = form_counts.total(answers, closed=closed)
    few = _("Fewer than {least} have answered so far: nothing is shown yet.").format(least=counts.K)
    foot = _("Numbers under {least} are not shown.").format(least=counts.K)
    if not closed:
        foot += " " + _("While people still answer, “15+” means 15 or a few more.")
    return {"title": title, "place": place, "count": few if cell is None else _answers(cell), "foot": foot}


def _answers(cell: Cell) -> str:
    said = ngettext("{count} answer", "{count} answers", cell.number)
    return said.format(count=shown(cell))


def group_head(title: str, place: str, *, finished: bool) -> dict[str, str]:
    count = _("the group's own answers") if finished else _("the group is still at it")
    foot = _("Told by the people who live here. A number of people or homes below five is not shown.")
    return {"title": title, "place": place, "count": count, "foot": foot}


def of_group_shown(one: Answered) -> list[Block]:
    """The sections of a group's answering without anybody's words, for pictures and the page."""
    return [
        {"title": section["title"], "bars": [], "lines": section["shown"]}
        for section in of_group(one)
        if section["shown"]
    ]


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
        if question is None or question.kind in UNASKED:
            continue
        asked = session.question(ref)
        section = sections.setdefault(question.section, _section(session, question.section))
        line = _line(asked, question, value)
        if question.kind in PICTURES:
            section["photos"].append({"file": value})
        else:
            section["lines"].append(line)
        section["shown"].append({"label": line["label"], "words": _without_words(question, line["words"])})
    return list(sections.values())


def _without_words(question: Question, words: str) -> str:
    if question.kind in WORDS:
        return _("told in words")
    return _("sent") if question.kind in FILES else words


def _question(form: Form, path: str) -> Question | None:
    return next((one for one in form.questions if one.path == path), None)


def _section(session: Any, path: str) -> dict[str, Any]:
    title = plain(session.question(path).label) if path else ""
    return {"title": title, "lines": [], "photos": [], "shown": []}


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
