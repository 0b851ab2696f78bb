"""Nothing that anybody writes is ever run on any paper: markup, code and ten thousand characters in every field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from publish import paper
from tests.publish.paper_samples import PICTURE, PIXEL, samples
from tests.publish.test_paper import HARMFUL, text_of

# What chooses a colour or a file is ours; everything else is words.
OURS = frozenset({"lang", "of", "is", "lot"})
KINDS = frozenset({"yes", "partly", "no", "will_study", "not_ours", "kept"})  # of an answer, of a promise: a colour
TEMPLATES = sorted(path.stem for path in paper.TEMPLATES.glob("*.typ") if path.stem not in {"house", "board_lots"})
IMAGES = dict.fromkeys((PICTURE, "sign.svg", "ring.svg", "qr.svg"), PIXEL)


# Ten thousand letters in every narrow cell at once are half a book: here one cell after the other has them.
TABLES = frozenset({"delivery_sheet", "gender_budget", "minutes"})


def everywhere(value: Any, words: str) -> Any:
    if isinstance(value, dict):
        return {key: one if key in OURS else everywhere(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [everywhere(one, words) for one in value]
    return words if isinstance(value, str) and value not in {PICTURE, *KINDS} else value


def test_every_template_has_its_sample() -> None:
    assert sorted(samples()) == TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
def test_markup_and_code_in_every_field_are_only_shown(template: str, tmp_path: Path) -> None:
    words = " ".join(HARMFUL)
    made = paper._made(template, everywhere(samples()[template], words), IMAGES, "pdf")
    shown = "".join(text_of(made, tmp_path).split())
    assert "".join(HARMFUL[0].split()) in shown
    assert "root:" not in shown


@pytest.mark.parametrize("template", TEMPLATES)
def test_ten_thousand_characters_in_every_field_make_a_paper(template: str) -> None:
    sample, long = samples()[template], "წ" * 10_000
    filled = one_by_one(sample, long) if template in TABLES else [everywhere(sample, long)]
    papers = [paper._made(template, each, IMAGES, "pdf") for each in filled]
    assert papers
    assert all(each.startswith(b"%PDF") for each in papers)


def one_by_one(value: Any, words: str) -> Iterator[Any]:
    """The same with `words` in one field, for each field in turn."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            for filled in () if key in OURS else one_by_one(one, words):
                yield {**value, key: filled} if isinstance(value, dict) else [*value[:key], filled, *value[key + 1 :]]
    elif everywhere(value, words) is words:
        yield words
