"""An annex of evidence as PDF, and as .docx to go on with; and the fingerprint of what it says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from locales import _
from publish import paper, qr
from publish.brief_paper import readable
from publish.minutes_form import Proof
from publish.word_paper import WordPaper

Photos = Sequence[Sequence[bytes]]  # of each need


def fingerprint(contents: Mapping[str, Mapping[str, Any]], photos: Photos) -> str:
    """Of the words in every language, and of the photos."""
    shown = [[sha256(photo).hexdigest() for photo in each] for each in photos]
    said = json.dumps([contents, shown], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(said.encode()).hexdigest()


def pdf(content: Mapping[str, Any], photos: Photos, proof: Proof) -> bytes:
    """In the language in use. What people wrote goes in as data and is only ever shown."""
    images: dict[str, bytes] = {}
    needs = []
    for at, (need, own) in enumerate(zip(content["needs"], photos, strict=True)):
        named = {f"photo-{at}-{number}.jpg": photo for number, photo in enumerate(readable(own))}
        images |= named
        needs.append({**need, "photos": list(named)})
    if proof.url:
        images["qr.png"] = qr.png(proof.url)
    data = {**content, "needs": needs, "qr": "qr.png" if proof.url else ""}
    data |= {"proof_head": proof_head(), "proof": lines(proof), "foot": f"{content['title']} · {proof.words()}"}
    return paper.pdf("annex", data, images=images)


def docx(content: Mapping[str, Any], photos: Photos, proof: Proof) -> bytes:
    made = WordPaper()
    made.say(content["kicker"])
    made.title(content["title"])
    for fact in content["facts"]:
        made.say(f"{fact['label']}: {fact['words']}")
    for note in content["notes"]:
        made.say(note)
    for number, (need, own) in enumerate(zip(content["needs"], photos, strict=True), start=1):
        made.heading(f"{number}. {need['title']}\n{need['where']}")  # so that no page ends between the two
        for photo in readable(own):
            made.picture(photo, 7)
        for section in need["sections"]:
            made.strong(section["head"])
            for line in section["lines"]:
                made.say(line)
    made.heading(proof_head())
    if proof.url:
        made.picture(qr.png(proof.url), 3)
    for line in lines(proof):
        made.say(line)
    made.number_pages()
    return made.file()


def proof_head() -> str:
    return _("Whether it is genuine")


def lines(proof: Proof) -> list[str]:
    """Without a public address there is nothing to open, and the number stands alone."""
    return proof.lines() if proof.url else proof.lines()[1:]
