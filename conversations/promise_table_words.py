"""What is said of a table that came back: each changed row, and each that could not be read with its mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from conversations import promise_page
from domain.promise_table import FAULTS_AT_MOST, LONGEST_NOTE, Fault, Line, Reason
from domain.promises import Axis, Word
from locales import _
from publish import day_words
from publish import promise_words as words
from storage.promises import Dossier

ROWS_A_MESSAGE = 12


def line(changed: Line, dossier: Dossier) -> str:
    """What it was, and what it becomes."""
    last = dossier.last(Axis.OFFICIAL)
    before = words.said(Word(last.body["value"])) if last else _("nothing told yet")
    parts = [
        _("Row {row}. {promise}: {before} → {now}").format(
            row=changed.row,
            promise=words.quoted(promise_page.short(dossier.new.words)),
            before=before,
            now=words.said(changed.word),
        )
    ]
    if changed.new_due is not None:
        parts.append(_("The day asked for: {day}.").format(day=day_words.day(changed.new_due)))
    if changed.note:
        parts.append(words.quoted(changed.note))
    return " ".join(parts)


def pages(told: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(told), ROWS_A_MESSAGE):
        yield "\n".join(told[start : start + ROWS_A_MESSAGE])


def faults(found: Sequence[Fault]) -> str:
    lines = [_fault(fault) for fault in found[:FAULTS_AT_MOST]]
    if any(fault.row for fault in found):
        lines.insert(0, _("These rows I could not take; nothing of them is lost, they stay in your file:"))
    return "\n".join(lines)


def _fault(fault: Fault) -> str:
    said = _FAULTS[fault.reason]().format(value=promise_page.short(fault.value), most=LONGEST_NOTE)
    return _("Row {row}: {fault}").format(row=fault.row, fault=said) if fault.row else said


# Functions, since words have a language only inside a turn.
_FAULTS: dict[Reason, Callable[[], str]] = {
    Reason.NOT_A_TABLE: lambda: _("That is not a table (.xlsx) that I can read. Please send the file that I gave you."),
    Reason.TOO_BIG: lambda: _("That file is too large. Please send the table that I gave you, without pictures in it."),
    Reason.NO_COLUMNS: lambda: _(
        "I do not find my columns in it. Please keep the first row and the hidden last column as they were, or take "
        "the table anew."
    ),
    Reason.FORMULA: lambda: _("a formula stands there ({value}). Please write the words themselves."),
    Reason.NO_CODE: lambda: _("its hidden code is missing. Please tell this one in the chat, or take the table anew."),
    Reason.SPOILED_CODE: lambda: _(
        "its hidden code has changed ({value}), so I cannot tell which promise it is. Please take the table anew."
    ),
    Reason.TWICE: lambda: _("the same promise as in row {value}. Only the first one is taken."),
    Reason.NO_WORD: lambda: _("there is a note or a day, but not how it stands. Please choose it from the list."),
    Reason.UNKNOWN_WORD: lambda: _("“{value}” is not in the list. Please choose one of the five answers."),
    Reason.LONG_NOTE: lambda: _("the note has {value} letters; at most {most} fit. Please shorten it."),
    Reason.WHY_MISSING: lambda: _("“{value}” needs a few words why. Please write them beside it."),
    Reason.NO_DAY: lambda: _("“{value}” is not a day. Please write it like 31.12.2026."),
    Reason.DAY_PAST: lambda: _("the day {value} is past already. Please write a later one."),
    Reason.DAY_ALONE: lambda: _("there is a new day ({value}), but the answer is not “to be changed”."),
    Reason.NOT_YOURS: lambda: _("this promise is not one of your office. Please send it to whose it is."),
    Reason.TOLD_ALREADY: lambda: _("“{value}”: told already, it counts once."),
    Reason.CHANGED_SINCE: lambda: _(
        "“{value}”: something new was told since the table was made. Please look at it in the chat, then answer there."
    ),
}
