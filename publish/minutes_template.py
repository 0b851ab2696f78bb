"""The minutes' form for Word: our own, and the one that an NGO made of it with its letterhead.

A form is a .docx with tags of docxtpl. It may arrange what there is; it is tried out before it is kept, in a sandbox.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from publish.word_paper import CENTER, WordPaper, clean

MOST_UNPACKED = 40_000_000  # bytes: a letterhead is small, a bomb is not
NEEDED = ("title", "items", "signatures")
ATTENDED = ("number", "name", "office", "side")
AGENDA = ("number", "title", "by", "minutes")
DECIDED = ("number", "words", "who", "due", "money", "check")
SENT = ("number", "name", "office", "how")


class Broken(Exception):
    """A form that cannot be filled in: `place` is the tag or the part, `reason` a stable word."""

    def __init__(self, reason: str, place: str) -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


def fill(form: bytes, words: Mapping[str, Any]) -> bytes:
    """`words`: publish.minutes_form. Raises Broken."""
    try:
        template = DocxTemplate(BytesIO(form))
        template.render(named(words), SandboxedEnvironment(undefined=StrictUndefined, autoescape=True), autoescape=True)
    except TemplateSyntaxError as error:
        raise Broken("syntax", f"{error.message}") from error
    except UndefinedError as error:
        raise Broken("unknown", str(error.message)) from error
    except (SecurityError, TemplateError, TypeError, ValueError, KeyError, PackageNotFoundError, BadZipFile) as error:
        raise Broken("unreadable", str(error)[:200]) from error
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def check(form: bytes, example: Mapping[str, Any]) -> None:
    """Tried out with a whole example: every tag is met, and what minutes must have is asked for. Raises Broken."""
    try:
        with ZipFile(BytesIO(form)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Broken("too_large", "")
            packed.getinfo("word/document.xml")
    except (BadZipFile, KeyError) as error:
        raise Broken("no_docx", "") from error
    fill(form, example)
    try:
        asked = DocxTemplate(BytesIO(form)).get_undeclared_template_variables()
    except (TemplateError, ValueError) as error:
        raise Broken("unreadable", str(error)[:200]) from error
    for name in NEEDED:
        if name not in asked:
            raise Broken("missing", name)


def named(words: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of the tables by the names of their columns, as a form asks for them."""
    rows = {
        "attended": _rows(words["attended"], ATTENDED),
        "agenda": _rows(words["agenda"], AGENDA),
        "sent": _rows(words["sent"], SENT),
        "columns": {
            "attended": dict(zip(ATTENDED, words["attended"]["heads"], strict=True)),
            "agenda": dict(zip(AGENDA, words["agenda"]["heads"], strict=True)),
            "decided": dict(zip(DECIDED, words["decided_heads"], strict=True)),
            "sent": dict(zip(SENT, words["sent"]["heads"], strict=True)),
        },
        "items": [{**item, "decided": _rows(item["decided"], DECIDED)} for item in words["items"]],
    }
    plain: dict[str, Any] = _clean({**words, **rows})
    return {**plain, "items": [{**item, "chapters": item["parts"]} for item in plain["items"]]}


def _rows(table: Mapping[str, Any], names: Sequence[str]) -> list[dict[str, str]]:
    return [dict(zip(names, row, strict=True)) for row in table["rows"]]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def own() -> bytes:
    """Our form, to begin with: with tags instead of words, and the same for every language."""
    paper = WordPaper()
    _if(paper, "draft", lambda: paper.say("{{ draft }}"))
    paper.title("{{ title }}")
    paper.say("{{ subtitle }}", CENTER)
    paper.say("{{ day }}, {{ place }}")
    _each(paper, "fact in facts", lambda: paper.say("{{ fact.label }}: {{ fact.words }}"))
    paper.heading("{{ heads.attended }}")
    _table(paper, "attended", "attended", ATTENDED, (1.1, 5, 6, 4.2))
    _each(paper, "line in counted", lambda: paper.say("{{ line }}"))
    _if(paper, "absent", lambda: paper.say("{{ heads.absent }}"))
    _each(paper, "line in absent", lambda: paper.say("{{ line }}"))
    paper.heading("{{ heads.agenda }}")
    _table(paper, "agenda", "agenda", AGENDA, (1.1, 8, 5, 2.2))
    _each(paper, "item in items", lambda: _item(paper))
    _each(paper, "note in notes", lambda: _note(paper))
    _if(paper, "annexes", lambda: paper.heading("{{ heads.annexes }}"))
    _each(paper, "line in annexes", lambda: paper.say("{{ loop.index }}. {{ line }}"))
    paper.heading("{{ heads.signatures }}")
    _each(paper, "one in signatures", lambda: paper.signature("{{ one.label }}: ____________________ {{ one.words }}"))
    _if(paper, "sent", lambda: paper.heading("{{ heads.sent }}"))
    _table(paper, "sent", "sent", SENT, (1.1, 5, 6, 4.2))
    _each(paper, "line in proof", lambda: paper.say("{{ line }}"))
    paper.number_pages()
    return paper.file()


def _item(paper: WordPaper) -> None:
    paper.heading("{{ item.title }}")
    _each(paper, "chapter in item.chapters", lambda: _chapter(paper))
    _if(paper, "item.decided", lambda: paper.strong("{{ heads.decided }}"))
    _table(paper, "decided", "item.decided", DECIDED, (0.8, 4.0, 3.0, 2.8, 3.1, 2.6))


def _chapter(paper: WordPaper) -> None:
    paper.strong("{{ chapter.label }}")
    _each(paper, "line in chapter.lines", lambda: paper.say("{{ line }}"))


def _note(paper: WordPaper) -> None:
    paper.heading("{{ note.label }}")
    _each(paper, "line in note.lines", lambda: paper.say("{{ line }}"))


def _each(paper: WordPaper, what: str, body: Any) -> None:
    paper.say(f"{{%p for {what} %}}")
    body()
    paper.say("{%p endfor %}")


def _if(paper: WordPaper, what: str, body: Any) -> None:
    paper.say(f"{{%p if {what} %}}")
    body()
    paper.say("{%p endif %}")


def _table(paper: WordPaper, columns: str, rows: str, names: Sequence[str], widths: Sequence[float]) -> None:
    """A table whose middle row is there once for each; without rows there is no table at all."""
    heads = [f"{{{{ columns.{columns}.{name} }}}}" for name in names]
    empty = [""] * (len(names) - 1)
    lines = [
        [f"{{%tr for row in {rows} %}}", *empty],
        [f"{{{{ row.{name} }}}}" for name in names],
        ["{%tr endfor %}", *empty],
    ]
    _if(paper, rows, lambda: paper.table(heads, lines, widths, size=8.5))
