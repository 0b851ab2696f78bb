"""A brief as a page of PDF, to hand out, and as .docx, to go on with."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from domain.brief import Section
from locales import _, current
from publish import brief_words, law_cards, paper
from publish.word_paper import WordPaper
from storage.brief_facts import Facts
from storage.briefs import Brief

SHOWN = tuple(section for section in Section if section not in (Section.PHOTO, Section.LAW, Section.SPEECH))


def pdf(facts: Facts, brief: Brief, photos: Sequence[bytes]) -> bytes:
    """In the language in use; one page where the sections keep to their length."""
    images = {f"photo-{number}.jpg": photo for number, photo in enumerate(readable(photos))}
    return paper.pdf("brief", {**_content(facts, brief), "photos": list(images)}, images=images)


def docx(facts: Facts, brief: Brief, photos: Sequence[bytes]) -> bytes:
    content, made = _content(facts, brief), WordPaper()
    made.say(content["where"])
    made.title(content["title"])
    for line in content["figures"]:
        made.say(line)
    for photo in readable(photos):
        made.picture(photo, 7)
    for section in content["sections"]:
        made.heading(section["head"])
        made.say(section["words"])
    if content["law"]:
        made.heading(content["law_head"])
    for card in content["law"]:
        made.say(f"{card['title']}\n{card['source']}")
    return made.file()


def readable(photos: Sequence[bytes]) -> list[bytes]:
    """Upright JPEGs; a file that is no picture is left out rather than the whole paper."""
    return [made for photo in photos if (made := _jpeg(photo)) is not None]


def _jpeg(photo: bytes, longest: int = 1200) -> bytes | None:
    try:
        with Image.open(BytesIO(photo)) as picture:
            small = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
    small.thumbnail((longest, longest))
    made = BytesIO()
    small.save(made, "JPEG", quality=85)
    return made.getvalue()


def _content(facts: Facts, brief: Brief) -> dict[str, Any]:
    heads = brief_words.heads()
    sections = [{"head": heads[each], "words": brief.words(each)} for each in SHOWN if brief.words(each)]
    law = [{"title": law_cards.title(name), "source": law_cards.source(name)} for name in brief_words.cards(brief)]
    return {
        "lang": current(),
        "kicker": _("Brief for the round table"),
        "where": brief_words.where(facts),
        "title": brief_words.title(facts),
        "figures": brief_words.figures(facts),
        "sections": sections,
        "law_head": heads[Section.LAW],
        "law": law,
    }
