"""Minutes as PDF, and for Word in the form of the NGO."""

from __future__ import annotations

from dataclasses import dataclass

from domain.minutes_body import Answer, Body, Item, Promised
from locales import use
from publish import minutes_template, paper, qr
from publish.minutes_form import Proof, form

QR = "verify.png"
_ANSWER: Answer = {
    "id": "…",
    "name": "…",
    "office": "…",
    "side": "executive",
    "answer": "yes",
    "whose": "",
    "words": "…",
    "counted": "budget",
    "year": 2027,
    "programme": "…",
    "source": "room",
    "registry": "…",
}
_PROMISED: Promised = {
    "entry": "1",
    "name": "…",
    "office": "…",
    "words": "…",
    "made_on": "2026-10-14",
    "due": "soon",
    "due_on": "2027-01-14",
    "money": "…",
    "check": "…",
    "confirmed": "confirmed",
}
_ITEM: Item = {
    "number": 1,
    "id": "…",
    "kind": "water",
    "words": "…",
    "asked": "…",
    "where": {"en": "…"},
    "community_id": 0,
    "village_id": 0,
    "need_id": 0,
    "minutes": 15,
    "presented_by": "…",
    "heard": "…",
    "said": [{"name": "…", "words": "…", "answer": "…"}],
    "votes": [{"words": "…", "in_favour": 1, "against": 0, "abstained": 0}],
    "answers": [_ANSWER],
    "promises": [_PROMISED],
    "spoke": {"woman": 1, "man": 1},
}
EXAMPLE: Body = {
    "meeting_id": 0,
    "number": 1,
    "municipality": {"en": "…"},
    "communities": [{"en": "…"}],
    "day": "2026-10-14",
    "begins": "11:00",
    "ends": "13:00",
    "place": "…",
    "chair": "…",
    "secretary": "…",
    "present": [{"name": "…", "office": "…", "side": "elected", "sex": "woman"}],
    "absent": [{"name": "…", "office": "…", "reason": "…"}],
    "items": [_ITEM],
    "annexes": ["…"],
    "sent_to": [{"name": "…", "office": "…"}],
    "amendments": [
        {"name": "…", "office": "…", "item": taken, "words": "…", "accepted": taken is None, "reason": "…"}
        for taken in (1, None)
    ],
    "until": "2026-10-19",
}


@dataclass(frozen=True, slots=True)
class Version:
    """`letterhead`: the NGO's own form for Word; None: ours. `proof` only once the minutes are locked."""

    body: Body
    phase: str
    version: int
    proof: Proof | None = None
    letterhead: bytes | None = None


def pdf(version: Version, language: str) -> bytes:
    with use(language):
        words = _words(version)
    images = {QR: qr.png(version.proof.url)} if version.proof else {}
    return paper.pdf("minutes", {**words, "qr": next(iter(images), "")}, images=images)


def docx(version: Version, language: str) -> bytes:
    """Raises minutes_template.Broken where the NGO's form cannot be filled in."""
    with use(language):
        return minutes_template.fill(version.letterhead or minutes_template.own(), _words(version))


def example() -> dict[str, object]:
    """One of everything, to try a form out with."""
    with use("en"):
        return form(EXAMPLE, phase="locked", version=1, proof=Proof("000000000000", "", ""))


def _words(version: Version) -> dict[str, object]:
    return form(version.body, phase=version.phase, version=version.version, proof=version.proof)
