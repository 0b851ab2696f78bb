"""The two questionnaires that come with the program, as a coordinator would open them."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.forms.xlsform import book, source

FOLDER = Path(__file__).parents[2] / "publish" / "forms"
FORMS = sorted(path.name for path in FOLDER.glob("*.md"))
LANGUAGES = ("ქართული (ka)", "english (en)")


def rows(name: str, sheet: str) -> list[dict[str, str]]:
    return [cells for _row, cells in book.read((FOLDER / name).read_bytes()).rows(sheet)]


def questions(name: str) -> list[dict[str, str]]:
    groups = ("begin", "end", "note", "calculate")
    return [cells for cells in rows(name, "survey") if not cells["type"].startswith(groups)]


@pytest.mark.parametrize("name", FORMS)
def test_each_is_a_form(name: str) -> None:
    made = source.read((FOLDER / name).read_bytes(), name=name)
    assert made.form_id == name.removesuffix(".md")
    assert made.version
    assert made.external == ()


@pytest.mark.parametrize("name", FORMS)
def test_each_is_whole_in_both_languages(name: str) -> None:
    for sheet in ("survey", "choices"):
        for cells in rows(name, sheet):
            shown = [column for column in ("label", "hint", "constraint_message") if _written(cells, column)]
            missing = [(cells, c, each) for c in shown for each in LANGUAGES if f"{c}::{each}" not in cells]
            assert missing == []
            assert shown or cells["type"].startswith(("end", "calculate"))


def _written(cells: dict[str, str], column: str) -> bool:
    return any(key.startswith(f"{column}::") for key in cells)


def test_the_profile_has_its_sixteen_sections() -> None:
    sections = [cells["name"] for cells in rows("community_profile.md", "survey") if cells["type"] == "begin group"]
    assert len(sections) == 16
    assert len(questions("community_profile.md")) >= 150


@pytest.mark.parametrize("name", FORMS)
def test_nothing_has_to_be_answered(name: str) -> None:
    assert [cells["name"] for cells in questions(name) if cells.get("required")] == []


def test_violence_is_never_asked_about_and_the_help_is_named() -> None:
    for name in FORMS:
        asked = " ".join(cells.get("label::english (en)", "").casefold() for cells in questions(name))
        assert not {"violence", "beat", "abuse"} & set(asked.split())
        notes = [cells["label::ქართული (ka)"] for cells in rows(name, "survey") if cells["type"] == "note"]
        assert any("116 006" in note and "112" in note for note in notes)


def test_the_survey_asks_who_answers_and_lets_them_keep_it() -> None:
    choices = rows("household_needs.md", "choices")
    for kind in ("sex", "age", "language", "lives"):
        assert "rather_not" in [cells["name"] for cells in choices if cells["list_name"] == kind]
    names = {cells["name"] for cells in questions("household_needs.md")}
    assert {"sex", "age", "suffers", "lost", "lost_who"} <= names
