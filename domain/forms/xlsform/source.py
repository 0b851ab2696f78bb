"""A questionnaire's file becomes an XForm: bytes in, the form or everything that is wrong with the file out.

pyxform reads XLSForm; whatever it raises is turned into faults with their row. It takes 0.02 to 2 seconds: work for
a worker, never part of a turn.
"""

import re
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert as pyxform_convert

from domain.forms.xlsform import book as books
from domain.forms.xlsform import repairs
from domain.forms.xlsform.book import Book
from domain.forms.xlsform.faults import REPAIRS, Fault, Faulty, Reason, Repair

FORM_NAME = "form"  # pyxform would call the root "data", which a question may be called as well


@dataclass(frozen=True)
class Source:
    """A file that pyxform has read. `data` are the bytes to keep: those that came, or the repaired ones."""

    data: bytes
    book: Book
    xform: str
    hash: str
    title: str
    form_id: str
    version: str
    external: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def read(data: bytes, repair: Collection[Repair] = (), *, name: str = FORM_NAME) -> Source:
    """Raises Faulty. `repair` names the mechanical repairs that the author has agreed to."""
    book = books.read(data)
    _check_sheets(book)
    if repair:
        book = repairs.repaired(book, repair)
        data = books.write(book)
    faults = repairs.needed(book)
    if faults:
        raise Faulty(*faults)
    xform, said = _converted(data, book, name)
    settings = next((cells for _row, cells in book.rows("settings")), {})
    return Source(
        data=data,
        book=book,
        xform=xform,
        hash=sha256(xform.encode()).hexdigest(),
        title=settings.get("form_title") or settings.get("title") or _stem(name),
        form_id=settings.get("form_id") or settings.get("id_string") or _stem(name),
        version=settings.get("version", ""),
        external=tuple(sorted(set(re.findall(r'src="(jr://[^"]+)"', xform)))),
        warnings=tuple(said),
    )


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0] or name


def _check_sheets(book: Book) -> None:
    if "survey" not in book.sheets:
        names = ", ".join(book.sheets)[:80]
        raise Faulty(Fault(Reason.NO_SHEET, value=names, mend="survey"))
    header = {word.strip().casefold() for word in (book.sheets["survey"] or [[]])[0]}
    missing = [column for column in ("type", "name") if not header & {column, "command" if column == "type" else ""}]
    if missing:
        raise Faulty(*(Fault(Reason.NO_COLUMN, "survey", 1, mend=column) for column in missing))
    if not any(True for _row in book.rows("survey")):
        raise Faulty(Fault(Reason.NO_QUESTION, "survey"))


def _converted(data: bytes, book: Book, name: str) -> tuple[str, list[str]]:
    said: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, of what it will not write again
            made = pyxform_convert(data, form_name=FORM_NAME, file_type=f".{book.kind}", warnings=said)
    except PyXFormError as error:
        raise Faulty(*_faults(str(error), book)) from None
    except RecursionError:
        raise Faulty(Fault(Reason.OTHER, mend="The form is nested too deeply.")) from None
    except Exception as error:  # a TypeError deep inside, where a cell is not what pyxform expected
        raise Faulty(Fault(Reason.OTHER, mend=f"pyxform: {type(error).__name__}: {error}"[:300])) from None
    return made.xform, said


def _faults(message: str, book: Book) -> list[Fault]:
    """pyxform joins some faults by line breaks; what has no row of its own belongs to the one before."""
    parts = re.split(r"\n(?=\[row)", message.strip())
    return [_fault(part, book) for part in parts]


_ROW = re.compile(r"\[row\s*:\s*(\d+)\]")
_SHEET = re.compile(r"(survey|choices|settings|entities|external_choices)'? ?(?:sheet|work)")
# In the order in which they are tried: a piece of pyxform's sentence, what it means, and where the value stands in it.
_KNOWN: tuple[tuple[str, Reason, str], ...] = (
    ("Choice names must be unique", Reason.CHOICE_TWICE, ""),
    ("The name 'meta' is reserved", Reason.META, ""),
    ("Choices must have a name", Reason.CHOICE_NAME, ""),
    ("Choices should have a label", Reason.NO_LABEL, ""),
    ("Column headers must not be empty", Reason.COLUMN, r"the '(.*?)' value"),
    ("required column headers were not found", Reason.NO_COLUMN, r"not found: '?([^'.]+)"),
    ("must be unique within their nearest parent", Reason.NAME_TWICE, r"'name' value '(.*?)'"),
    ("Repeat names must", Reason.NAME_TWICE, r"'name' value '(.*?)'"),
    ("Names must begin with a letter", Reason.NAME, r"(?:name|'name' value|The) '(.*?)'"),
    ("Question or group with no name", Reason.NO_NAME, ""),
    ("with no name", Reason.NO_NAME, ""),
    ("no type", Reason.TYPE, ""),
    ("Unknown question type", Reason.TYPE, r"Unknown question type '(.*?)'"),
    ("List name not in choices sheet", Reason.NO_LIST, r"sheet: (.*)"),
    ("List name not in external choices sheet", Reason.NO_LIST, r"sheet: (.*)"),
    ("List name not in columns sheet", Reason.NO_LIST, r"sheet: (.*)"),
    ("There should be a choices sheet", Reason.NO_LIST, ""),
    ("Could not find the name", Reason.REFERENCE, r"Could not find the name '(.*?)'"),
    ("There has been a problem trying to replace ${", Reason.REFERENCE, r"\$\{(.*?)\}"),
    ("Unmatched 'begin", Reason.BEGIN, r"for the name '(.*?)'"),
    ("Unmatched 'end", Reason.END, r"for the name '(.*?)'"),
    ("Missing calculation", Reason.NO_CALCULATION, ""),
    ("has no label", Reason.NO_LABEL, ""),
    ("must have a label", Reason.NO_LABEL, ""),
)


def _fault(message: str, book: Book) -> Fault:
    found = _ROW.search(message)
    row = int(found.group(1)) if found else 0
    sheet = _SHEET.search(message.casefold())
    where = sheet.group(1) if sheet else ("survey" if row else "")
    reason, value = _meaning(message)
    if where not in book.sheets:
        where = "survey" if row else ""
    if reason is Reason.NO_LIST:
        where = "survey"
    if not row:
        where, row = _looked_up(book, reason, value, message) or (where, 0)
    if not value and row:
        value = _cell(book, where, row, reason)
    clean = " ".join(_ROW.sub("", message).split())[:300]
    return Fault(reason, where, row, value[:100], clean, REPAIRS.get(reason))


def _meaning(message: str) -> tuple[Reason, str]:
    for part, reason, pattern in _KNOWN:
        if part in message:
            found = re.search(pattern, message) if pattern else None
            return reason, (found.group(1).strip() if found else "")
    return Reason.OTHER, ""


def _cell(book: Book, sheet: str, row: int, reason: Reason) -> str:
    cells = next((cells for number, cells in book.rows(sheet) if number == row), {})
    if reason in (Reason.TYPE, Reason.NO_LIST):
        return cells.get("type", "")
    return cells.get("name", "")


def _looked_up(book: Book, reason: Reason, value: str, message: str) -> tuple[str, int] | None:
    """The row of what pyxform names without saying where it is."""
    if reason is Reason.REFERENCE and value:
        return _mention(book, value)
    if reason is Reason.NO_LIST:
        return next((("survey", row) for row, cells in book.rows("survey") if "select" in cells.get("type", "")), None)
    names = [value] if value else re.findall(r"'([\w.-]+)'", message)
    for name in names:
        if row := book.row_of("survey", name=name) or book.row_of("survey", type=name):
            return "survey", row
    return None


def _mention(book: Book, name: str) -> tuple[str, int] | None:
    for sheet in ("survey", "choices"):
        for row, cells in book.rows(sheet):
            if any(f"${{{name}}}" in cell for cell in cells.values()):
                return sheet, row
    return None
