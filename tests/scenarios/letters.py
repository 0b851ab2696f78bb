"""Everything that was ever written to anybody, as it left: read before it is answered, edited or erased."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.message import Outgoing
from storage.jsontext import loads
from storage.tables.people import addresses
from storage.tables.turns import outbox
from tests.town import TBILISI


@dataclass(frozen=True, slots=True)
class Letter:
    """`asked`: an answer to what this person had just said."""

    to: str
    at: datetime
    asked: bool
    said: Outgoing

    @property
    def words(self) -> str:
        """All that can be read on it, its buttons too."""
        return "\n".join([self.said.text, *(button.text for row in self.said.rows for button in row)])


@dataclass
class Letters:
    """`names` is who reads at an address; `transcript` what each said and read, in order."""

    engine: AsyncEngine
    names: dict[str, str] = field(default_factory=dict)
    all: list[Letter] = field(default_factory=list)
    transcript: dict[str, list[str]] = field(default_factory=dict)
    _last: int = 0

    def said(self, name: str, what: str) -> None:
        self._note(name, f"→ {what}")

    async def collect(self, asked_by: str | None = None) -> None:
        query = select(outbox.c.id, addresses.c.external, outbox.c.created_at, outbox.c.payload)
        query = query.join(addresses, addresses.c.id == outbox.c.address_id).order_by(outbox.c.id)
        async with self.engine.connect() as db:
            rows = await db.execute(query.where(outbox.c.id > self._last, outbox.c.kind == "message"))
        for number, external, at, payload in rows:
            name = self.names[external]
            letter = Letter(name, at, name == asked_by, Outgoing.from_json(loads(payload)))
            self.all.append(letter)
            self._note(name, _shown(letter))
            self._last = number

    def to(self, name: str) -> list[Letter]:
        return [letter for letter in self.all if letter.to == name]

    def write(self, file: Path) -> None:
        parts = [f"# {name}\n\n" + "\n\n".join(lines) for name, lines in self.transcript.items()]
        file.write_text("\n\n\n".join(parts) + "\n", "utf-8")

    def _note(self, name: str, line: str) -> None:
        self.transcript.setdefault(name, []).append(line)


def _shown(letter: Letter) -> str:
    out = letter.said
    signs = [*(["[photo]"] if out.photo else []), *(["[document]"] if out.document else [])]
    rows = ["   ".join(f"[{button.text}]" for button in row) for row in out.rows]
    when = "" if letter.asked else f"({letter.at.astimezone(TBILISI):%a %d %b %H:%M}) "
    return "\n".join([f"← {when}{' '.join([*signs, out.text])}", *rows])
