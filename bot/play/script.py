"""What was played: kept as JSON to be replayed by tests/test_transcripts.py, or printed as a test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

TAP, SEND, PHOTO, PLACE = "tap", "send", "photo", "place"


@dataclass(frozen=True, slots=True)
class Step:
    """`asks` is the key of the question that stands in front afterwards; None when the conversation has ended.

    A button is named by what it carries, without the number of its run: its words may change, its meaning may not.
    """

    does: str
    what: str
    asks: str | None
    label: str = ""


@dataclass
class Script:
    conversation: str
    language: str
    who: str
    asks: str | None = None
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Script:
        whole = json.loads(path.read_text("utf-8"))
        return cls(**{**whole, "steps": [Step(**step) for step in whole["steps"]]})

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def as_test(self) -> str:
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from ("from pathlib import Path", "", "from bot.play.stage import stage", "", "")
        yield f"async def test_{self.conversation}(tmp_path: Path) -> None:"
        yield f'    async with stage(tmp_path, "{self.language}") as village:'
        yield f'        phone = await village.begin("{self.conversation}", "{self.who}")'
        yield self._check(self.asks)
        for step in self.steps:
            yield f"        await phone.{_call(step)}"
            yield self._check(step.asks)

    def _check(self, key: str | None) -> str:
        wanted = "is None" if key is None else f'== "{key}"'
        return f'        assert await village.pending("{self.who}") {wanted}'


def _call(step: Step) -> str:
    match step.does:
        case "tap":
            return f"tap({json.dumps(step.label, ensure_ascii=False)})"
        case "photo":
            return "photo()"
        case "place":
            return f"location({step.what})"
        case _:
            return f"send({json.dumps(step.what, ensure_ascii=False)})"


def meaning(data: str) -> str:
    """What a button carries, without the number of its run."""
    return data.partition(":")[2]
