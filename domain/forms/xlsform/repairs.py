"""The mechanical repairs of a questionnaire's file: what forms of the field stumble over most, with nothing guessed."""

import re
from collections.abc import Callable, Collection

from domain.forms.xlsform.book import Book
from domain.forms.xlsform.faults import Fault, Reason, Repair

META, META_NOW = "meta", "meta_group"
PHONE = "tel"
# What authors write for yes and no, and the reader takes for the name of a question.
YES_NO = {"t": "yes", "y": "yes", "f": "no", "n": "no"}
YES_NO_COLUMNS = ("required", "read_only", "readonly")


def needed(book: Book) -> list[Fault]:
    """What the repairs would mend and pyxform would stumble over, all at once: it stops at the first."""
    return [*_tag_columns(book), *_phones(book), *_meta(book), *_yes_no(book)]


def repaired(book: Book, repairs: Collection[Repair]) -> Book:
    made = Book("xlsx", {name: [list(row) for row in table] for name, table in book.sheets.items()})
    for repair in Repair:  # always in one order
        if repair in repairs:
            _DO[repair](made)
    return made


def _tag_columns(book: Book) -> list[Fault]:
    header = (book.sheets.get("survey") or [[]])[0]
    wrong = [word for word in header if word.strip().casefold() == "instance::tag"]
    return [Fault(Reason.TAG_COLUMN, "survey", 1, word, repair=Repair.TAG_COLUMN) for word in wrong]


def _phones(book: Book) -> list[Fault]:
    found = [number for number, cells in book.rows("survey") if cells.get("type") == PHONE]
    return [Fault(Reason.TYPE, "survey", number, PHONE, "text", Repair.PHONE_TYPE) for number in found]


def _meta(book: Book) -> list[Fault]:
    found = [number for number, cells in book.rows("survey") if _is_group(cells) and cells.get("name") == META]
    return [Fault(Reason.META, "survey", number, META, META_NOW, Repair.META_GROUP) for number in found]


def _yes_no(book: Book) -> list[Fault]:
    return [
        Fault(Reason.YES_NO, "survey", number, cells[column], YES_NO[cells[column].casefold()], Repair.YES_NO)
        for number, cells in book.rows("survey")
        for column in YES_NO_COLUMNS
        if cells.get(column, "").casefold() in YES_NO
    ]


def _is_group(cells: dict[str, str]) -> bool:
    return re.fullmatch(r"(begin|end)[ _](group|repeat)", cells.get("type", "").casefold()) is not None


def _drop_tag(book: Book) -> None:
    table = book.sheets["survey"]
    for at, word in reversed(list(enumerate(table[0]))):
        if word.strip().casefold() == "instance::tag":
            for row in table:
                if at < len(row):
                    del row[at]


def _rename_phones(book: Book) -> None:
    _change(book, "type", lambda type_, _cells: "text" if type_.strip() == PHONE else type_)


def _write_yes_no(book: Book) -> None:
    header = [word.strip().casefold() for word in book.sheets["survey"][0]]
    for column in YES_NO_COLUMNS:
        if column in header:
            _change(book, column, lambda word, _cells: YES_NO.get(word.strip().casefold(), word))


def _rename_meta(book: Book) -> None:
    _change(book, "name", lambda name, cells: META_NOW if name.strip() == META and _is_group(cells) else name)


def _allow_duplicates(book: Book) -> None:
    settings = book.sheets.setdefault("settings", [[], []])
    while len(settings) < 2:
        settings.append([])
    header, values = settings[0], settings[1]
    if "allow_choice_duplicates" not in header:
        header.append("allow_choice_duplicates")
    at = header.index("allow_choice_duplicates")
    values.extend([""] * (at + 1 - len(values)))
    values[at] = "yes"


def _change(book: Book, column: str, anew: Callable[[str, dict[str, str]], str]) -> None:
    table = book.sheets["survey"]
    header = [word.strip().casefold() for word in table[0]]
    at = header.index(column)
    for row in table[1:]:
        if at < len(row):
            row[at] = anew(row[at], dict(zip(header, row, strict=False)))


_DO: dict[Repair, Callable[[Book], None]] = {
    Repair.TAG_COLUMN: _drop_tag,
    Repair.PHONE_TYPE: _rename_phones,
    Repair.META_GROUP: _rename_meta,
    Repair.CHOICE_DUPLICATES: _allow_duplicates,
    Repair.YES_NO: _write_yes_no,
}
