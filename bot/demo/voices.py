"""What three hundred people say: kinds by what each village lacks, words from voices.csv, each once in a village."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.demo.data import rows
from bot.demo.story import Story
from domain.needs import Hurt, Kind
from storage.answers import Told

WEIGHTS = (9, 6, 4)  # of what a village lacks most; 1 of everything else
HOW_MANY = (1, 1, 1, 2, 2, 3)  # needs in one answer
SEXES = ("woman", "woman", "woman", "man", "man", None)
AGES = ("16-24", "25-39", "25-39", "40-59", "40-59", "60+", "60+", None)


@dataclass
class Voices:
    """`open` holds the needs that were released: village and kind → their numbers."""

    story: Story
    open: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._weights = {row["village"]: _weights(row) for row in rows("worries")}
        self._said: dict[tuple[str, str], Iterator[dict[str, str]]] = {}

    def needs(self, village: str) -> list[Told]:
        weights, chance = dict(self._weights[village]), self.story.chance
        told: list[Told] = []
        for _number in range(chance.choice(HOW_MANY)):
            kind = chance.choices(list(weights), list(weights.values()))[0]
            del weights[kind]
            told.append(self._need(village, kind))
        return told

    def _need(self, village: str, kind: str) -> Told:
        chance = self.story.chance
        behind = self.open.get((village, kind))
        if behind and chance.random() < 0.6:
            return Told(kind=kind, suffers=chance.choice([*Hurt]), behind=chance.choice(behind))
        voice = next(self._voices(village, kind), None) if chance.random() < 0.6 else None
        if voice is None:
            return Told(kind=kind, suffers=chance.choice([*Hurt, None]))
        return Told(kind=kind, words=voice["words"], suffers=voice["suffers"])

    def _voices(self, village: str, kind: str) -> Iterator[dict[str, str]]:
        if (village, kind) not in self._said:
            own = [row for row in rows("voices") if row["kind"] == kind]
            self.story.chance.shuffle(own)
            self._said[village, kind] = iter(own)
        return self._said[village, kind]


def _weights(row: dict[str, str]) -> dict[str, int]:
    lacks = dict(zip((row["first"], row["second"], row["third"]), WEIGHTS, strict=True))
    return {kind.value: lacks.get(kind, 1) for kind in Kind}
