"""What pyxform takes and nobody could answer: the form is compiled before it is published, and faults get rows."""

import re
from collections.abc import Mapping

from domain.forms.asked import Kind
from domain.forms.faults import Fault as Wrong
from domain.forms.faults import FormError
from domain.forms.form import Form, compile_form
from domain.forms.xlsform import beside, elsewhere
from domain.forms.xlsform.book import Book
from domain.forms.xlsform.faults import Fault, Faulty, Reason
from domain.forms.xlsform.source import Source

SECONDS_A_QUESTION = 12  # read, thought about and answered on a phone

# In the order in which they are tried: a piece of the engine's sentence, what it means, where the value stands in it.
_KNOWN: tuple[tuple[str, Reason, str], ...] = (
    ("There is no function", Reason.FUNCTION, r"no function ([\w:.-]+\(\))"),
    ("cannot be read", Reason.EXPRESSION, r"The expression “(.*?)” cannot be read"),
    ("in a circle", Reason.CYCLE, ""),
    ("depends on its own answer", Reason.CYCLE, ""),
    ("never be reached", Reason.UNREACHABLE, ""),
    ("is missing. Please send it", Reason.NO_FILE, r"The file “(.*?)”"),
    ("has no choices", Reason.NO_CHOICE, ""),
    ("times; at most", Reason.REPEATS, ""),
    ("nodes; at most", Reason.TOO_BIG, ""),
    ("The type “", Reason.TYPE, r"The type “(.*?)”"),
    ("no kind of question", Reason.TYPE, r"“(.*?)”"),
    ("takes too long on some answers", Reason.PATTERN, r"The pattern “(.*?)”"),
    ("In “", Reason.EXPRESSION, r"In “(.*?)”"),
    ("refers to", Reason.REFERENCE, r"refers to (\S+?),"),
    ("The list “", Reason.NO_LIST, r"The list “(.*?)”"),
)


def compiled(source: Source, files: Mapping[str, bytes]) -> Form:
    """Raises Faulty, with the row of each fault."""
    try:
        form = compile_form(source.xform, files)
    except FormError as error:
        raise Faulty(*(_fault(wrong, source.book) for wrong in error.faults)) from None
    except RecursionError:
        raise Faulty(Fault(Reason.OTHER, mend="The form is nested too deeply.")) from None
    if faults := (*elsewhere.found(form, source.book), *beside.missing(form, files, source.book)):
        raise Faulty(*faults)
    if not any(question.kind not in (Kind.NOTE, Kind.HIDDEN) for question in form.questions):
        raise Faulty(Fault(Reason.NO_QUESTION, "survey"))
    return form


def questions(form: Form) -> int:
    """How many there are to answer; notes are only read."""
    return sum(question.kind not in (Kind.NOTE, Kind.HIDDEN) for question in form.questions)


def minutes(form: Form) -> int:
    return max(1, round(questions(form) * SECONDS_A_QUESTION / 60))


def _fault(wrong: Wrong, book: Book) -> Fault:
    name = wrong.path.rpartition("/")[2]
    reason, value = _meaning(wrong.words)
    row = _asking_for(value, book) if reason is Reason.NO_FILE else book.row_of("survey", name=name) if name else 0
    mend = re.sub(r"\D", "", wrong.words.rpartition("at most")[2]) if reason is Reason.REPEATS else wrong.words
    return Fault(reason, "survey" if row else "", row, (value or name)[:100], mend[:300])


def _asking_for(file: str, book: Book) -> int:
    """A list of choices names its file in full, pulldata() and search() without its ending and in quotation marks."""
    stem = file.rpartition(".")[0] or file
    return book.row_with("survey", file, f"'{stem}'", f'"{stem}"')


def _meaning(words: str) -> tuple[Reason, str]:
    for piece, reason, pattern in _KNOWN:
        if piece in words:
            found = re.search(pattern, words) if pattern else None
            return reason, found.group(1) if found else ""
    return Reason.OTHER, ""
