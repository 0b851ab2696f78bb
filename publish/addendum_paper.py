"""An addendum to locked minutes, as PDF and for Word: short, with the hash of what stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.minutes_body import Body
from locales import _, current
from publish import minutes_form, paper, qr
from publish.day_words import day
from publish.minutes_form import Proof
from publish.word_paper import CENTER, WordPaper

QR = "verify.png"
LINE = "____________________"


@dataclass(frozen=True, slots=True)
class Added:
    """`body` is that of the minutes; `previous` the hash of what stands before it."""

    body: Body
    number: int
    words: str
    name: str
    day: date
    previous: str
    proof: Proof


def title(body: Body, number: int) -> str:
    line = _("Addendum No. {number} to minutes No. {minutes}")
    return line.format(number=number, minutes=body["number"])


def pdf(added: Added) -> bytes:
    """In the language in use."""
    return paper.pdf("addendum", {**data(added), "qr": QR}, images={QR: qr.png(added.proof.url)})


def docx(added: Added) -> bytes:
    words, made = data(added), WordPaper()
    made.title(words["title"])
    made.say(words["subtitle"], CENTER)
    for fact in words["facts"]:
        made.say(f"{fact['label']}: {fact['words']}")
    made.heading(words["head"])
    made.say("\n".join(words["lines"]))
    made.say(words["note"])
    made.say(f"{words['signature']['label']}: {LINE} {words['signature']['words']}")
    for line in words["proof"]:
        made.say(line)
    made.number_pages()
    return made.file()


def data(added: Added) -> dict[str, Any]:
    """Everything that stands on it, in the language in use."""
    body = added.body
    held = day(date.fromisoformat(body["day"]))
    facts = [
        (_("Municipality"), minutes_form.named(body["municipality"])),
        (_("Minutes"), _("No. {number}, {day}").format(number=body["number"], day=held)),
        (_("Added on"), day(added.day)),
    ]
    before = _("Fingerprint of what stands before it: {hash}").format(hash=added.previous)
    return {
        "lang": current(),
        "title": title(body, added.number),
        "subtitle": minutes_form.subtitle(body),
        "facts": [{"label": label, "words": said} for label, said in facts],
        "head": _("What is added"),
        "lines": [line for line in added.words.split("\n") if line.strip()],
        "note": _("The minutes themselves stay as they were locked. Whoever was sent them is sent this too."),
        "signature": {"label": _("Secretary"), "words": added.name},
        "foot": f"{title(body, added.number)} · {added.proof.words()}",
        "proof": [*added.proof.lines(), before],
    }
