"""Answers to a form as KoboToolbox exports them: a sheet for the form, one for each repeat, choices in columns."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

from domain.forms.asked import Kind, Question
from domain.forms.form import Form
from domain.forms.plain import plain
from locales import _
from publish.answers_xlsx import Cell, Table, Tables, workbook
from publish.form_answers import Answered, spoken

HIDDEN = (Kind.NOTE, Kind.HIDDEN)
SPLIT = Kind.SELECT_MULTIPLE
ABOUT = "_summary"


def tables(answers: Sequence[Answered], *, labels: bool) -> Tables:
    """`labels`: the form's words instead of its names."""
    if not answers:
        return {"form": [["_index"]]}
    form = answers[-1].form  # the newest version names the columns
    repeats = list(dict.fromkeys(question.repeat for question in form.questions))
    return {
        _sheet(form, repeat): _table(form, repeat, answers, labels=labels)
        for repeat in ["", *(one for one in repeats if one)]
    }


def _sheet(form: Form, repeat: str) -> str:
    return (repeat.rpartition("/")[2] if repeat else form.id or "form")[:31]


def _table(form: Form, repeat: str, answers: Sequence[Answered], *, labels: bool) -> Table:
    own = [one for one in form.questions if one.repeat == repeat and one.kind not in HIDDEN]
    language = spoken(form)
    header: list[Cell] = [word for one in own for word in _columns(form, one, language, labels=labels)]
    ends: list[Cell] = ["_index", *(("_parent_table_name", "_parent_index") if repeat else ("_submission_time",))]
    rows = [
        _row(form, own, one, instance, language, labels=labels) + end
        for one, instance, end in _instances(form, repeat, answers)
    ]
    return [[*header, *ends], *rows]


def _columns(form: Form, question: Question, language: str, *, labels: bool) -> Iterator[str]:
    head = plain(form.label(question.path, language)) if labels else question.name
    yield head or question.name
    if question.kind is SPLIT:
        for choice in form.choices(question.path, language):
            yield f"{head}/{plain(choice.label) if labels else choice.value}"


def _instances(form: Form, repeat: str, answers: Sequence[Answered]) -> Iterator[tuple[Answered, str, list[Cell]]]:
    """Each row of a sheet: whose it is, the reference of its instance, and the columns at its end."""
    index = 0
    for one in answers:
        if not repeat:
            yield one, "", [one.number, one.row.done_at.isoformat(timespec="seconds")]
            continue
        for instance in _inside(one, repeat):
            index += 1
            yield one, instance, [index, form.id, one.number]


def _inside(one: Answered, repeat: str) -> list[str]:
    """The references of a repeat's instances that have an answer."""
    found: dict[str, None] = {}
    for ref in one.session.values():
        plain_, parts = "", ref.split("/")[1:]
        for at, part in enumerate(parts, start=1):
            plain_ += "/" + part.partition("[")[0]
            if plain_ == repeat:
                found["/" + "/".join(parts[:at])] = None
    return list(found)


def _row(
    form: Form, own: Sequence[Question], one: Answered, instance: str, language: str, *, labels: bool
) -> list[Cell]:
    values = one.session.values()
    cells: list[Cell] = []
    for question in own:
        ref = instance + question.path[len(question.repeat) :] if instance else question.path
        cells += _cells(form, question, values.get(ref, ""), language, labels=labels)
    return cells


def _cells(form: Form, question: Question, value: str, language: str, *, labels: bool) -> list[Cell]:
    choices = form.choices(question.path, language)
    named = {choice.value: plain(choice.label) for choice in choices}
    chosen = value.split() if question.kind in (SPLIT, Kind.RANK) else [value]
    shown: Cell = " ".join(named.get(each, each) for each in chosen) if labels and choices else _number(question, value)
    if question.kind is not SPLIT:
        return [shown]
    return [shown, *((int(choice.value in chosen) if value else "") for choice in choices)]


def _number(question: Question, value: str) -> Cell:
    return int(value) if question.kind is Kind.INTEGER and value.lstrip("-").isdecimal() else value


def xlsx(answers: Sequence[Answered], *, labels: bool, unfinished: int) -> bytes:
    """With a last sheet that says what the others hold."""
    about: Table = [
        [_("Finished, in this workbook"), len(answers)],
        [_("Unfinished, not counted and not in this workbook"), unfinished],
    ]
    return workbook(tables(answers, labels=labels) | {ABOUT: about})


def csv_file(answers: Sequence[Answered], *, labels: bool) -> bytes:
    """The form's own sheet; repeats need the workbook. With semicolons, as Kobo writes and Excel here opens."""
    out = StringIO()
    table = next(iter(tables(answers, labels=labels).values()))
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows([[_safe(cell) for cell in row] for row in table])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _safe(cell: Cell) -> Cell:
    """A sentence that begins like a formula stays a sentence."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "@", "\t") else cell


def xml(answers: Sequence[Answered]) -> bytes:
    """OpenRosa submissions, one file each, in one archive: what ODK Central and Kobo take in."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in answers:
            name = zipfile.ZipInfo(f"{one.form.id or 'form'}-{one.number}.xml", (2026, 1, 1, 0, 0, 0))
            archive.writestr(name, one.session.submission_xml(finished=one.row.done_at))
    return packed.getvalue()
