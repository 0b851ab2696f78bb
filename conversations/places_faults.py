"""What is wrong with a list of places, row by row, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.places_csv import Reason
from locales import _, ngettext

SHOWN = 10


def faults(found: Sequence[dict[str, Any]]) -> str:
    count = len(found)
    head = ngettext(
        "Nothing was taken in yet: {count} thing has to be mended.",
        "Nothing was taken in yet: {count} things have to be mended.",
        count,
    ).format(count=count)
    lines = [f"• {in_words(fault)}" for fault in found[:SHOWN]]
    if count > SHOWN:
        lines.append(ngettext("… and {count} more.", "… and {count} more.", count - SHOWN).format(count=count - SHOWN))
    return "\n".join([head, *lines, "", _("Mend it and send the file again.")])


def in_words(fault: dict[str, Any]) -> str:
    reason = Reason(fault["reason"])
    words = (_of_the_file(reason) or _of_a_row(reason)).format(**fault)
    return words + " " + guess.format(**fault) if (guess := _guess(reason, fault)) else words


def _of_the_file(reason: Reason) -> str | None:
    words = {
        Reason.ENCODING: _("Row {row}: I cannot read the letters near “{value}”. Please save the file as {mend}."),
        Reason.EMPTY_FILE: _("The list is empty."),
        Reason.TOO_BIG: _("The file has {value} bytes; I can take {mend}."),
        Reason.NOT_A_TABLE: _("Row {row}: this is not a table of values with commas between them ({value})."),
        Reason.COLUMN_TWICE: _("The column {column} is there twice."),
    }
    return words.get(reason)


def _of_a_row(reason: Reason) -> str:
    return {
        Reason.NO_COLUMN: _("The column {column} is missing."),
        Reason.EMPTY_CELL: _("Row {row}: {column} is empty."),
        Reason.TOO_MANY_CELLS: _("Row {row} has more values than there are columns: “{value}”."),
        Reason.NOT_A_NUMBER: _("Row {row}: {column} is not a number: “{value}”."),
        Reason.TOO_LONG: _("Row {row}: {column} is too long: “{value}”."),
        Reason.DUPLICATE: _("Row {row}: “{value}” stands in row {mend} already."),
        Reason.TWO_NAMES: _("Row {row}: {column} is “{value}” here, but “{mend}” further up."),
    }[reason]


def _guess(reason: Reason, fault: dict[str, Any]) -> str | None:
    """Where we can guess what was meant, it is said."""
    if reason is Reason.NO_COLUMN and fault["value"]:
        return _("Is it the one that is called “{value}”?")
    if reason is Reason.EMPTY_CELL and fault["mend"]:
        return _("Perhaps “{mend}”?")
    return None
