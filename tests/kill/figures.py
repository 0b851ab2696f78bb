"""The figures of a trial, as a table and as promises that were broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from tests.kill.kept import Kept


@dataclass(frozen=True, slots=True)
class Kill:
    """What was under way when it happened: messages being sent, and updates that were kept and not yet played."""

    role: str
    sending: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Figures:
    """`repeats`: how often messages came again, by kill and chat; `codes`: how the processes ended when asked to."""

    kept: Kept
    kills: list[Kill]
    repeats: Counter[tuple[int, int]]
    codes: dict[str, int]
    refused: list[str]
    seconds: float

    def broken(self) -> list[str]:
        """Empty when everything held."""
        return [*self._not_kept(), *self._repeated(), *self._ended(), *self.refused[:5]]

    def _not_kept(self) -> Iterator[str]:
        for name, number in self._losses().items():
            if number:
                yield f"{name}: {number}"

    def _losses(self) -> dict[str, int]:
        figures = asdict(self.kept)
        return {name: figures[name] for name in list(figures)[3:]}

    def _repeated(self) -> Iterator[str]:
        for (kill, chat), number in self.repeats.items():
            if number > 1:
                yield f"chat {chat} got {number} messages again after kill {kill}"
        for kill, number in self._repeats_by_kill().items():
            sending = self.kills[kill].sending if kill < len(self.kills) else 0
            if number > sending:
                yield f"{number} messages came again after kill {kill}, and {sending} were being sent"

    def _repeats_by_kill(self) -> Counter[int]:
        total: Counter[int] = Counter()
        for (kill, _chat), number in self.repeats.items():
            total[kill] += number
        return total

    def _ended(self) -> Iterator[str]:
        for role, code in self.codes.items():
            if code:
                yield f"{role} ended with {code}"

    def table(self) -> str:
        rows = {**asdict(self.kept), **self._kill_rows(), "seconds": round(self.seconds)}
        return "\n".join(f"{name.replace('_', ' '):<36}{value:>8}" for name, value in rows.items())

    def _kill_rows(self) -> dict[str, int]:
        sending = [kill.sending for kill in self.kills]
        rows = {"kills": len(self.kills)}
        for role, number in sorted(Counter(kill.role for kill in self.kills).items()):
            rows[f"kills of {role}"] = number
        return rows | {
            "being sent at the kills, in all": sum(sending),
            "being sent at a kill, most": max(sending, default=0),
            "waiting for a turn at the kills": sum(kill.waiting for kill in self.kills),
            "messages repeated, in all": self.repeats.total(),
            "messages repeated by a kill, most": max(self._repeats_by_kill().values(), default=0),
            "for one chat by a kill, most": max(self.repeats.values(), default=0),
        }
