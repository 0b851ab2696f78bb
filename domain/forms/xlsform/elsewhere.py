"""What Collect and Enketo do with a form and we do not: it would stay empty in front of people, so it is refused."""

from collections.abc import Iterator

from domain.forms.form import Form
from domain.forms.xlsform.book import Book
from domain.forms.xlsform.faults import Fault, Reason

LAST_SAVED = "__last-saved"  # the list that pyxform makes for ${last-saved#question}


def found(form: Form, book: Book) -> Iterator[Fault]:
    plan = form.plan
    for path, control in plan.body.controls.items():
        search = next((word for word in control.appearance if word.startswith("search(")), None)
        if search is not None:
            yield _fault(Reason.SEARCH, book, path, search)
        if "query" in control.parameters:
            yield _fault(Reason.EXTERNAL_SELECT, book, path, path.rpartition("/")[2])
    lasts = (path for path, used in plan.expressions.used if any(one.instance == LAST_SAVED for one in used.references))
    for path in dict.fromkeys(lasts):
        yield _fault(Reason.LAST_SAVED, book, path, path.rpartition("/")[2])


def _fault(reason: Reason, book: Book, path: str, value: str) -> Fault:
    row = book.row_of("survey", name=path.rpartition("/")[2])
    return Fault(reason, "survey" if row else "", row, value[:100])
