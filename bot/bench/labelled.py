"""The labelled set: sentences of one `need` say the same. A CSV with lines of explanation that begin with #."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from math import ceil
from pathlib import Path
from typing import NamedTuple

from bot.errors import OperatorError

SET = Path("tests/domain/words/needs.csv")
DEV, HELD = "dev", "held"
WANTED = 0.8  # the recall at which ways of judging are compared


class Row(NamedTuple):
    """`meant` is the Georgian of what was typed in Latin letters; every `held` need is only ever measured."""

    need: str
    part: str
    language: str
    words: str
    meant: str


class Pair(NamedTuple):
    one: Row
    other: Row

    @property
    def same(self) -> bool:
        return self.one.need == self.other.need

    @property
    def held(self) -> bool:
        """A held need is mistaken for a studied one as easily as for another held one."""
        return HELD in (self.one.part, self.other.part)


Scored = Sequence[tuple[float, bool]]


def read(file: Path) -> list[Row]:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            table = list(csv.DictReader(line for line in opened if not line.startswith("#")))
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}. In a checkout the set is {SET}.") from None
    if not table or not table[0].keys() >= set(Row._fields):
        raise OperatorError(f"{file} is not the labelled set: it needs the columns {', '.join(Row._fields)}.")
    return [Row(*(row[column] or "" for column in Row._fields)) for row in table]


def within(rows: Iterable[Row]) -> list[Pair]:
    return [Pair(*pair) for pair in combinations(rows, 2)]


def between(rows: Iterable[Row], others: Iterable[Row]) -> list[Pair]:
    return [Pair(*pair) for pair in product(rows, others)]


def threshold(scored: Scored) -> float:
    """The highest score from which on the wanted share of the same pairs is found."""
    same = sorted((score for score, is_same in scored if is_same), reverse=True)
    return same[ceil(len(same) * WANTED) - 1] if same else 1.0


def at(least: float, scored: Scored) -> dict[str, float]:
    """How right and how complete it is to offer all pairs from this score on."""
    offered = [is_same for score, is_same in scored if score >= least]
    found, all_same = sum(offered), sum(is_same for _score, is_same in scored)
    return {
        "from": round(least, 3),
        "precision": round(found / len(offered), 3) if offered else 0.0,
        "recall": round(found / all_same, 3) if all_same else 0.0,
    }
