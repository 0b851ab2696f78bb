"""Letters to the municipality: a request for public information, a petition, a request to call an assembly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from locales import _
from publish.day_words import day
from publish.word_paper import RIGHT, WordPaper

LETTERS = ("information", "petition", "assembly")
SIGNATURES = 25  # lines on the paper; a sheet more is printed as often as needed
LINE = "____________________"
MAYOR, COUNCIL = "mayor", "council"
WORDS = 2000  # characters of one answer


@dataclass(frozen=True, slots=True)
class Letter:
    """`asked` and `why` are the person's own words; who left out name or contact writes them by hand."""

    kind: str
    to: str
    municipality: str
    village: str
    asked: str
    why: str | None
    name: str | None
    contact: str | None
    day: date


def file(letter: Letter) -> bytes:
    """A .docx in the language in use."""
    paper = WordPaper()
    paper.say(_to(letter), RIGHT)
    paper.say(_from(letter), RIGHT)
    paper.title(title(letter.kind))
    {"information": _information, "petition": _petition, "assembly": _assembly}[letter.kind](paper, letter)
    paper.say("")
    paper.say(_("Date: {day}").format(day=day(letter.day)))
    paper.say(_("Signature: {line}").format(line=LINE))
    if letter.kind != "information":
        _signatures(paper)
    return paper.file()


def title(kind: str) -> str:
    return {
        "information": _("Request for public information"),
        "petition": _("Petition"),
        "assembly": _("Request to call a general assembly of the settlement"),
    }[kind]


def _to(letter: Letter) -> str:
    words = _("To the mayor of {municipality}") if letter.to == MAYOR else _("To the council of {municipality}")
    return words.format(municipality=letter.municipality)


def _from(letter: Letter) -> str:
    lines = [
        _("From: {name}").format(name=letter.name or LINE),
        _("Village {village}").format(village=letter.village),
        _("Address, telephone: {contact}").format(contact=letter.contact or LINE),
    ]
    return "\n".join(lines)


def _information(paper: WordPaper, letter: Letter) -> None:
    paper.say(_("Please give me the following public information, or copies of these documents:"))
    paper.say(letter.asked)
    paper.say(_("If you refuse any part, please write to me why, and where I may appeal."))


def _petition(paper: WordPaper, letter: Letter) -> None:
    paper.say(_("We, the voters who sign here, ask the council to discuss the following:"))
    paper.say(letter.asked)
    _reasons(paper, letter)


def _assembly(paper: WordPaper, letter: Letter) -> None:
    words = _("We, the initiative group and the voters who sign here, ask to call a general assembly of {village}.")
    paper.say(words.format(village=letter.village))
    paper.heading(_("What it should talk about"))
    paper.say(letter.asked)
    _reasons(paper, letter)


def _reasons(paper: WordPaper, letter: Letter) -> None:
    if letter.why:
        paper.heading(_("Why"))
        paper.say(letter.why)


def _signatures(paper: WordPaper) -> None:
    paper.heading(_("Who signs"))
    heads = ("№", _("Name and surname"), _("Village"), _("Date"), _("Signature"))
    rows = [(str(number), "", "", "", "") for number in range(1, SIGNATURES + 1)]
    paper.table(heads, rows, (1.1, 6, 3.6, 2.4, 3.3))
    paper.say(_("Which further particulars of the signers are needed: ask the municipality before you collect."))
