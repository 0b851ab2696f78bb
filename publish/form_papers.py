"""What came of a form, to look at: pictures for the chat, and a community's profile as a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.forms.calls import Known
from locales import _
from publish import form_summary, paper
from publish.form_answers import Answered
from publish.form_summary import A_PICTURE

PICTURES_AT_MOST = 8


def pictures(answers: Sequence[Answered], *, title: str, place: str, closed: bool) -> list[bytes]:
    """PNGs of some questions each; a single one where there is nothing to show yet, saying so."""
    blocks = form_summary.of_people(answers, closed=closed)
    head = form_summary.head(title, place, len(answers))
    pages = [blocks[at : at + A_PICTURE] for at in range(0, len(blocks), A_PICTURE)] or [[]]
    return [paper.png("form_picture", {**head, "blocks": page}) for page in pages[:PICTURES_AT_MOST]]


def profile(
    answered: Answered, *, title: str, place: str, known: Mapping[str, int], photos: Mapping[str, bytes]
) -> bytes:
    """`known` counts the answers by how they are known; `photos` are the files by the names in the answers."""
    sections = form_summary.of_group(answered)
    for section in sections:
        section["photos"] = [photo for photo in section["photos"] if photo["file"] in photos]
    data: dict[str, Any] = {
        "title": title,
        "place": place,
        "sources": _sources(known),
        "sections": [section for section in sections if section["lines"] or section["photos"]],
        "foot": _("Told by the people who live here. A number of people or homes below five is not shown."),
    }
    return paper.pdf("profile", data, images=photos)


def _sources(known: Mapping[str, int]) -> str:
    words = _("Answers: {counted} counted, {told} told, {estimated} estimated.")
    return words.format(**{each.value: known.get(each, 0) for each in Known})
