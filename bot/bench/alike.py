"""`mrgvali bench alike`: how well "the same need" is recognised, beside plain letter triples and rapidfuzz.

Every pair of two sentences of the labelled set in one language is judged; each way of judging is shown where it recalls
80 %, so that they compare, and ours at its own threshold too. `held` are the pairs with a need in them that was never
studied. Across languages each sentence is judged beside all of the language asked for.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import cycle, islice, zip_longest
from pathlib import Path
from typing import Any

from bot.bench.labelled import DEV, HELD, Pair, Row, Scored, at, between, read, threshold, within
from domain.words.alike import SAME, likeness, triples
from domain.words.index import Index
from domain.words.letters import plain, words
from domain.words.meaning import in_georgian

Judge = Callable[[str, str], float]
LATIN = ("ka-latn", "ka-acad")
MANY = 5000  # the needs of a large municipality's poll
_plain = lru_cache(maxsize=5000)(plain)  # the rivals are not charged for it pair by pair


def run(file: Path, language: str) -> dict[str, Any]:
    rows = read(file)
    own = [row for row in rows if row.language == language]
    return {
        "language": language,
        "parts": _parts(within(own)),
        "across_languages": _across(own, rows),
        "latin_words_read_right": latin_words_read_right(rows),
        f"lookup_among_{MANY}": _lookup(rows),
    }


def _parts(pairs: Sequence[Pair]) -> dict[str, Any]:
    ways: dict[str, Judge] = {"ours": likeness, "trigrams": _trigrams, **_rapidfuzz()}
    timed = {name: _scored(way, pairs) for name, way in ways.items()}
    parts: dict[str, Any] = {"microseconds_a_pair": {name: cost for name, (_scores, cost) in timed.items()}}
    for part, chosen in parts_of(pairs).items():
        if any(pairs[number].same for number in chosen):
            parts[part] = _part({name: [scores[n] for n in chosen] for name, (scores, _cost) in timed.items()})
    return parts


def parts_of(pairs: Sequence[Pair]) -> dict[str, list[int]]:
    """Numbers of the pairs: all, those studied, and those with a need in them that was not."""
    numbers = list(range(len(pairs)))
    held = [number for number in numbers if pairs[number].held]
    return {"all": numbers, DEV: sorted(set(numbers) - set(held)), HELD: held}


def _part(scored: Mapping[str, Scored]) -> dict[str, Any]:
    at_80 = {name: at(threshold(scores), scores) for name, scores in scored.items()}
    best_rival = max(figures["precision"] for name, figures in at_80.items() if name != "ours")
    pairs, same = len(scored["ours"]), sum(is_same for _score, is_same in scored["ours"])
    return {
        "pairs": pairs,
        "same": same,
        "ours_as_shipped": at(SAME, scored["ours"]),
        "where_80_percent_are_found": at_80,
        "precision_margin": round(at_80["ours"]["precision"] - best_rival, 3),
    }


def _scored(way: Judge, pairs: Sequence[Pair]) -> tuple[Scored, float]:
    for pair in pairs:
        way(pair.one.words, pair.other.words)  # what is read or worked out once a sentence is not the cost of a pair
    begun = time.perf_counter()
    scores = [(way(pair.one.words, pair.other.words), pair.same) for pair in pairs]
    return scores, round((time.perf_counter() - begun) / max(1, len(pairs)) * 1e6, 1)


def _across(own: Sequence[Row], rows: Sequence[Row]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for language in sorted({row.language for row in rows} - {row.language for row in own}):
        pairs = between(own, [row for row in rows if row.language == language])
        scores = [(likeness(pair.one.words, pair.other.words), pair.same) for pair in pairs]
        told[language] = {
            part: at(SAME, [scores[n] for n in numbers]) for part, numbers in parts_of(pairs).items() if numbers
        }
    return told


def latin_words_read_right(rows: Iterable[Row]) -> dict[str, float]:
    """For each way of typing and part the share of words."""
    typed = [row for row in rows if row.meant]
    kinds = {f"{language} {part}" for language in LATIN for part in (DEV, HELD)} | set(LATIN)
    shares = {
        kind: _read_right([row for row in typed if f"{row.language} {row.part}".startswith(kind)]) for kind in kinds
    }
    return {kind: share for kind, share in sorted(shares.items()) if share is not None}


def _read_right(rows: Sequence[Row]) -> float | None:
    read_ = [
        right == meant
        for row in rows
        for right, meant in zip_longest(words(plain(in_georgian(row.words))), words(plain(row.meant)))
    ]
    return round(sum(read_) / len(read_), 3) if read_ else None


def _lookup(rows: Sequence[Row]) -> dict[str, float]:
    """Milliseconds to find the three most alike, for every sentence of the set."""
    index = Index(enumerate(f"{row.words} {number}" for number, row in enumerate(islice(cycle(rows), MANY))))
    took = []
    for row in rows:
        begun = time.perf_counter()
        index.like(row.words, at_most=3)
        took.append((time.perf_counter() - begun) * 1e3)
    return {"median_ms": round(statistics.median(took), 2), "slowest_ms": round(max(took), 2)}


def _trigrams(one: str, other: str) -> float:
    return triples(_plain(one), _plain(other))


def _rapidfuzz() -> dict[str, Judge]:
    from rapidfuzz import fuzz  # noqa: PLC0415 a rival: only where the bench is run

    return {
        "rapidfuzz_ratio": lambda one, other: fuzz.ratio(_plain(one), _plain(other)) / 100,
        "rapidfuzz_token_set": lambda one, other: fuzz.token_set_ratio(_plain(one), _plain(other)) / 100,
        "rapidfuzz_wratio": lambda one, other: fuzz.WRatio(_plain(one), _plain(other)) / 100,
    }
