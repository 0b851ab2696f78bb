"""The pictures, recordings and films that a form names: each has to come with it."""

from collections.abc import Iterator, Mapping

from domain.forms import pictured
from domain.forms.form import Form
from domain.forms.xlsform.book import Book
from domain.forms.xlsform.faults import Fault, Reason


def missing(form: Form, files: Mapping[str, bytes], book: Book) -> Iterator[Fault]:
    for name in pictured.files(form):
        if name not in files:
            yield fault(Reason.NO_FILE, name, book)


def fault(reason: Reason, name: str, book: Book) -> Fault:
    """With the first row that names the file."""
    rows = ((sheet, book.row_with(sheet, name)) for sheet in ("survey", "choices"))
    sheet, row = next((found for found in rows if found[1]), ("", 0))
    return Fault(reason, sheet, row, name[:100])
