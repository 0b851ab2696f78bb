"""What came of a form, to look at: pictures for the chat, and a community's profile as a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.forms.calls import Known
from locales import _
from publish import form_summary, paper
from publish.form_answers import Answered
from publish.form_summary import Block

PICTURES_AT_MOST = 8
LINES = 30  # on one picture


def pictures(
    answers: Sequence[Answered], *, title: str, place: str, closed: bool, together: bool, unfinished: str
) -> list[bytes]:
    """PNGs of some questions each; a single one where there is nothing to show yet, saying so.

    `together`: a group has given one set of answers. `unfinished`: a sentence, or nothing.
    """
    head, blocks = summary(answers, title=title, place=place, closed=closed, together=together)
    head["foot"] = " ".join(filter(None, (unfinished, head["foot"])))
    pages = _pages(blocks) or [[]]
    return [paper.png("form_picture", {**head, "blocks": page}) for page in pages[:PICTURES_AT_MOST]]


def summary(
    answers: Sequence[Answered], *, title: str, place: str, closed: bool, together: bool
) -> tuple[dict[str, str], list[Block]]:
    """What stands above and below, and a block for each question (of a group's answers: for each section)."""
    if together:
        blocks = form_summary.of_group_shown(answers[-1]) if answers else []
        return form_summary.group_head(title, place, finished=bool(answers)), blocks
    head = form_summary.head(title, place, len(answers), closed=closed)
    return head, form_summary.of_people(answers, closed=closed)


def _pages(blocks: Sequence[Block]) -> list[list[Block]]:
    pages: list[list[Block]] = []
    room = 0
    for block in blocks:
        long = 2 + 2 * len(block["bars"]) + len(block["lines"])
        if long > room:
            pages.append([])
            room = LINES
        pages[-1].append(block)
        room -= long
    return pages


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
