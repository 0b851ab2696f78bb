"""`mrgvali bench alike`: how well "the same need" is recognised, beside plain letter triples and rapidfuzz.

The labelled set is a CSV with the columns need, language, words: sentences of one `need` say the same. Every pair
of two sentences in one language is judged; each way of judging is shown where it recalls 80 %, so that they compare.
What was typed in Latin letters has its Georgian beside it, in the column meant: of it, the share of words read right.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, zip_longest
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from bot.errors import OperatorError
from domain.words.alike import SAME, likeness, triples
from domain.words.letters import plain, words
from domain.words.meaning import in_georgian

Judge = Callable[[str, str], float]
WANTED = 0.8  # the recall at which the ways are compared
COLUMNS = {"need", "language", "words", "meant"}
SET = Path("tests/domain/words/needs.csv")


class Pair(NamedTuple):
    one: str
    other: str
    same: bool


def run(file: Path, language: str) -> dict[str, Any]:
    rows = _read(file)
    pairs = pairs_of([(row["need"], row["words"]) for row in rows if row["language"] == language])
    ways: dict[str, Judge] = {"ours": likeness, "trigrams": _trigrams, **_rapidfuzz()}
    figures = {name: _measured(way, pairs) for name, way in ways.items()}
    ours = figures["ours"]
    rivals = [each["precision"] for name, each in figures.items() if name != "ours"]
    ours["at_our_threshold"] = _at(SAME, [(likeness(pair.one, pair.other), pair.same) for pair in pairs])
    same = sum(pair.same for pair in pairs)
    margin = round(ours["precision"] - max(rivals), 3)
    told = {"language": language, "pairs": len(pairs), "same": same, "ways": figures, "precision_margin": margin}
    return {**told, "latin_words_read_right": latin_words_read_right(rows)}


def latin_words_read_right(rows: Iterable[dict[str, str]]) -> float | None:
    """The share of words; None where none were typed in Latin letters."""
    read = [
        right == meant
        for row in rows
        if row["meant"]
        for right, meant in zip_longest(words(plain(in_georgian(row["words"]))), words(plain(row["meant"])))
    ]
    return round(sum(read) / len(read), 3) if read else None


def _read(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(line for line in opened if not line.startswith("#")))
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}. In a checkout the set is {SET}.") from None
    if not rows or not rows[0].keys() >= COLUMNS:
        raise OperatorError(f"{file} is not the labelled set: it needs the columns {', '.join(sorted(COLUMNS))}.")
    return rows


def pairs_of(told: Iterable[tuple[str, str]]) -> list[Pair]:
    return [Pair(one, other, need == its) for (need, one), (its, other) in combinations(told, 2)]


def _trigrams(one: str, other: str) -> float:
    return triples(plain(one), plain(other))


def _rapidfuzz() -> dict[str, Judge]:
    from rapidfuzz import fuzz  # noqa: PLC0415 a rival: only where the bench is run

    return {
        "rapidfuzz_ratio": lambda one, other: fuzz.ratio(plain(one), plain(other)) / 100,
        "rapidfuzz_token_set": lambda one, other: fuzz.token_set_ratio(plain(one), plain(other)) / 100,
        "rapidfuzz_wratio": lambda one, other: fuzz.WRatio(plain(one), plain(other)) / 100,
    }


def _measured(way: Judge, pairs: Sequence[Pair]) -> dict[str, Any]:
    for pair in pairs[:200]:
        way(pair.one, pair.other)  # word lists are read once, by whoever comes first
    begun = time.perf_counter()
    scored = [(way(pair.one, pair.other), pair.same) for pair in pairs]
    each = (time.perf_counter() - begun) / len(pairs)
    return {**_at(threshold(scored), scored), "microseconds_each": round(each * 1e6, 1)}


def threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """The highest score from which on the wanted share of the same pairs is found."""
    same = sorted((score for score, is_same in scored if is_same), reverse=True)
    return same[ceil(len(same) * WANTED) - 1] if same else 1.0


def _at(least: float, scored: Sequence[tuple[float, bool]]) -> dict[str, float]:
    offered = [is_same for score, is_same in scored if score >= least]
    found, all_same = sum(offered), sum(is_same for _score, is_same in scored)
    return {
        "from": round(least, 3),
        "precision": round(found / len(offered), 3) if offered else 0.0,
        "recall": round(found / all_same, 3) if all_same else 0.0,
    }
