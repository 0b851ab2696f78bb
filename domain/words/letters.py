"""One way to write each letter: what people type on old phones, old keyboards and in old documents, made comparable."""

from __future__ import annotations

import re
import unicodedata

# AcadNusx: the keyboard of the nineties, where a Latin key gave a Georgian letter.
ACAD = dict(zip("abgdevzTiklmnopJrstufqRySCcZwWxjh", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", strict=True))
_ACAD_QUOTES = re.compile(r"`([^`…~]*)[…~]")
_GEORGIAN = re.compile(r"[ა-ჺ]")
# Letters of other scripts that look like Georgian ones are rare; Latin and Cyrillic ones are mistaken for each other.
_LOOK_ALIKE = str.maketrans("aceopxyікʼ`´’‘", "асеорхуик'''''")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]*)*")


def plain(text: str) -> str:
    """Lower case, modern letters, single spaces: Mtavruli becomes Mkhedruli, „ “ ` … ~ become plain quotes."""
    folded = unicodedata.normalize("NFKC", unquoted(text)).casefold()
    return " ".join(folded.split())


def unquoted(text: str) -> str:
    """The pair ` … (or ` ~) of AcadNusx becomes „ “ where Georgian stands in it."""
    return _ACAD_QUOTES.sub(lambda pair: f"„{pair[1]}“" if _GEORGIAN.search(pair[1]) else pair[0], text)


def words(text: str) -> list[str]:
    """The words of a `plain` text; digits stay, signs go."""
    return [one_script(word) for word in _WORD.findall(text)]


def one_script(word: str) -> str:
    """A Cyrillic word with Latin look-alikes in it ("дoрoга") in Cyrillic alone."""
    cyrillic = any("Ѐ" <= letter <= "ӿ" for letter in word)
    latin = any("a" <= letter <= "z" for letter in word)
    return word.translate(_LOOK_ALIKE) if cyrillic and latin else word


def is_latin(text: str) -> bool:
    """Whether its letters are Latin, but for a few."""
    letters = [letter for letter in text if letter.isalpha()]
    plain_latin = sum("a" <= letter.lower() <= "z" for letter in letters)
    return bool(letters) and plain_latin >= 0.9 * len(letters)


def has_georgian(text: str) -> bool:
    return _GEORGIAN.search(text) is not None


def from_acad(text: str) -> str:
    """Every letter of the AcadNusx keyboard as the Georgian one that was meant."""
    return unquoted("".join(ACAD.get(letter, letter) for letter in text))
