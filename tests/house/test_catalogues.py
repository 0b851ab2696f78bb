"""Each language says everything, and says it whole."""

import ast
import re
import string
from pathlib import Path

import polib
import pytest

from locales import FOLDER, LANGUAGES, SOURCE, path
from locales.messages import KEYWORDS, SPEAKING, Sentence, renew, sentences

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
MTAVRULI = re.compile("[\u1c90-\u1cbf]")  # capitals that most phones have no letters for


def entries(language: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(path(language))))


def spoken(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_what_the_code_says_and_nothing_else(language: str) -> None:
    held: set[Sentence] = {(entry.msgid, entry.msgid_plural or None) for entry in entries(language)}
    said = sentences(language)
    assert sorted(held - said, key=str) == [], "no longer in the code: run make messages"
    assert sorted(said - held, key=str) == [], "not in the catalogue: run make messages"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    assert [entry.msgid for entry in entries(language) if entry.obsolete or entry.fuzzy or not all(spoken(entry))] == []


def test_no_sentence_hides_within_another_string() -> None:
    """What stands in the braces of an f-string is not collected, and stays English."""
    files = [file for folder in SPEAKING for file in (FOLDER.parent / folder).rglob("*.py")]
    assert files
    assert [f"{file.name}: {each}" for file in files for each in hidden(file)] == []


def hidden(file: Path) -> list[str]:
    strings = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    return [ast.unparse(each) for each in calls if isinstance(each.func, ast.Name) and each.func.id in KEYWORDS]


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_the_same(language: str) -> None:
    wrong = [
        (entry.msgid, said)
        for entry in entries(language)
        for said in spoken(entry)
        if placeholders(said) != placeholders(entry.msgid_plural or entry.msgid)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_edges_of_a_sentence_are_the_same(language: str) -> None:
    """A newline or a space at the end is lost easily, and glues two messages together."""
    wrong = [entry.msgid for entry in entries(language) for said in spoken(entry) if edges(said) != edges(entry.msgid)]
    assert wrong == []


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def test_georgian_has_no_capitals() -> None:
    assert [entry.msgid for entry in entries("ka") for said in spoken(entry) if MTAVRULI.search(said)] == []


def test_the_catalogue_is_sorted_so_that_merges_stay_small() -> None:
    for language in TRANSLATED:
        keys = [entry.msgid for entry in entries(language)]
        assert keys == sorted(keys)


def test_a_new_language_is_asked_for_as_many_plurals_as_it_has() -> None:
    copied = polib.POFile()
    copied.metadata = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    copied.append(
        polib.POEntry(msgid="{count} house", msgid_plural="{count} houses", msgstr_plural={0: "{count} տուն"})
    )
    renewed = renew(copied, {("{count} house", "{count} houses"), ("{count} road", "{count} roads")})
    assert [entry.msgstr_plural for entry in renewed] == [{0: "{count} տուն", 1: ""}, {0: "", 1: ""}]


def test_renewing_keeps_translations_and_drops_what_is_gone() -> None:
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Thank you.", msgstr="გმადლობთ."))
    old.append(polib.POEntry(msgid="Gone", msgstr="აღარ არის"))
    renewed = renew(old, {("Thank you.", None), ("New", None)})
    assert [(entry.msgid, entry.msgstr) for entry in renewed] == [("New", ""), ("Thank you.", "გმადლობთ.")]
