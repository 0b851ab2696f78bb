"""Georgian typed in Latin letters, read back: by the national way (2002), that of the street, or by old AcadNusx.

No letter can be decided alone (t is თ or ტ, ch is ჩ or ჭ), so every word has many readings; the best is one that the
lexicon or the dictionary has, or at least looks like Georgian. A person is always shown the reading and asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from domain.words import letters, spelling
from domain.words.tables import rows


@cache
def _spellings() -> dict[str, dict[str, float]]:
    """What Latin letters may mean, with the price of meaning it in nats."""
    meant: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows("latin.csv"):
        meant[row["latin"]][row["georgian"]] = float(row["price"])
    return dict(meant)


_LONGEST = 3  # Latin letters that are one Georgian letter
_WIDTH = 48  # readings that are followed at once
_TOKEN = re.compile(r"[A-Za-z'’ʼ`468]+")
_TELLING = 3  # letters; shorter words are of every language
_TOO_LONG = 40  # letters; no word is
FOREIGN, GEORGIAN = 0.5, 0.5  # shares of the words

Worth = Callable[[str], float]


class Reading(NamedTuple):
    """`text` is the same text in Georgian letters; `sure` the share of its longer words that are known as Georgian."""

    text: str
    sure: float


class _Path(NamedTuple):
    price: float
    word: str


def reading(text: str, worth: Worth, foreign: Callable[[str], bool]) -> Reading | None:
    """The Georgian that was typed here in Latin letters; None where it is no such text (English, or not Latin).

    `worth` says, in nats, how much speaks for a Georgian word (0: no list has it), `foreign` whether a Latin word is
    one of another language.
    """
    if not letters.is_latin(text):
        return None
    tokens = [token for token in _TOKEN.findall(text) if any(map(str.isalpha, token))]
    telling = [token for token in tokens if len(token) >= _TELLING]
    if not telling:
        return None
    read = {token: _read(token.lower() if _is_shouted(token) else token, worth) for token in tokens}
    sure = sum(worth(read[token]) > 0 for token in telling) / len(telling)
    elsewhere = sum(foreign(token.lower()) for token in telling) / len(telling)
    if sure < GEORGIAN or (elsewhere >= FOREIGN and elsewhere >= sure):
        return None
    return Reading(_TOKEN.sub(lambda found: read.get(found[0], found[0]), text), sure)


def _is_shouted(token: str) -> bool:
    """One capital may be a letter of its own (S is შ); a whole word of them is only loud."""
    return len(token) > 1 and token.isupper()


def _read(token: str, worth: Worth) -> str:
    if len(token) > _TOO_LONG:
        return token
    token = re.sub("[’ʼ`]", "'", token)
    tries = {token, token[0].lower() + token[1:]}
    ended = [path for each in sorted(tries) for path in _paths(each)]
    return min(ended, key=lambda path: path.price - worth(path.word)).word if ended else token


@lru_cache(maxsize=4096)
def _paths(token: str) -> tuple[_Path, ...]:
    """The likeliest readings of a word, each with its price; a beam goes through its letters."""
    beams: list[list[_Path]] = [[] for _at in range(len(token) + 1)]
    beams[0] = [_Path(0.0, "")]
    for at in range(len(token)):
        beams[at] = sorted(beams[at])[:_WIDTH]
        for length, meant, price in _options(token, at):
            beams[at + length] += [_longer(path, meant, price) for path in beams[at]]
    return tuple(_longer(path, " ", 0)._replace(word=path.word) for path in sorted(beams[-1])[:_WIDTH])


def _options(token: str, at: int) -> Iterator[tuple[int, str, float]]:
    found = False
    for length in range(1, _LONGEST + 1):
        piece = token[at : at + length]
        if len(piece) < length:
            break
        for meant, price in _spellings().get(piece, {}).items():
            found = True
            yield length, meant, price
    if not found and token[at].lower() in _spellings():
        for meant, price in _spellings()[token[at].lower()].items():
            yield 1, meant, price


def _longer(path: _Path, meant: str, price: float) -> _Path:
    for letter in meant:
        before = f"  {path.word}"[-2:]
        price += spelling.surprise(before, letter)
        path = _Path(path.price, path.word + letter)
    return _Path(path.price + price, path.word)
