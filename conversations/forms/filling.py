"""One answering of a form, loaded for one message: where it stands, what is asked next, what an answer changes.

What is kept is {"a": the session's answers, "seen": what was asked, "known": how the last number was known}. A question
is asked once, whether it was answered or skipped; Back and the review ask it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.forms.shelf import Compiled, compiled
from domain.forms.asked import Kind, StepKind
from domain.forms.calls import Known
from domain.forms.faults import NoSuchPlace, Violation
from domain.forms.form import Form
from domain.forms.session import Session, Setting
from publish.form_answers import spoken
from storage import fills
from storage.jsontext import dumps, loads

MORE, REVIEW = "+", "!review"  # "one more?" of a repeat; the look at everything before the end
_NUMBERS = re.compile(r"\[\d+\]")
SILENT = (Kind.NOTE, Kind.HIDDEN)
SELECTS = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)


def path_of(ref: str) -> str:
    return _NUMBERS.sub("", ref.removeprefix(MORE)) if "[" in ref or ref.startswith(MORE) else ref


@dataclass
class Filling:
    """`only` is the section that is answered now; None: the whole form."""

    row: Row[Any]
    compiled: Compiled
    session: Session
    person_id: int
    seen: dict[str, None]
    known: Known
    only: str | None = None
    repeated: list[str] = field(default_factory=list)  # what was taken over from the house before
    steps: list[str] = field(default_factory=list)

    @property
    def form(self) -> Form:
        return self.compiled.form

    def route(self) -> list[str]:
        """Everything that is relevant now and this person's to answer, in order; "+ref" asks for one more."""
        return self.walked if self.only is None else [ref for ref in self.walked if self._mine(ref)]

    @property
    def walked(self) -> list[str]:
        """The whole way; walked anew only when an answer has changed more than itself: it is the most of a turn."""
        if not self.steps:
            self.steps = list(self._walk())
        return self.steps

    def _walk(self) -> Iterator[str]:
        for step in self.session.walk():
            if step.kind is StepKind.REPEAT:
                yield MORE + step.ref
            elif step.kind is StepKind.TOGETHER:
                yield from step.refs
            else:
                yield step.ref

    def _mine(self, ref: str) -> bool:
        return self.only is None or self.section_of(ref) == self.only

    def asks(self, ref: str) -> bool:
        """Whether this is a question: not a note, not read-only, not the head of a table."""
        if ref.startswith(MORE):
            return True
        question = self.compiled.by_path.get(path_of(ref))
        if question is None or question.kind in SILENT:
            return False
        if question.kind in SELECTS and "label" in question.appearance:
            return False
        return not self.session.state(ref).readonly

    def next(self, after: str = "") -> str | None:
        """The first question that was not asked yet, from `after` on, then from the beginning."""
        route = self.route()
        start = route.index(after) + 1 if after in route else 0
        return next((ref for ref in (*route[start:], *route[:start]) if self._open(ref)), None)

    def _open(self, ref: str) -> bool:
        return ref not in self.seen and self.asks(ref)

    def before(self, ref: str) -> str | None:
        """The question that Back leads to."""
        route = self.route()
        end = route.index(ref) if ref in route else len(route)
        return next((one for one in reversed(route[:end]) if not one.startswith(MORE) and self.asks(one)), None)

    def notes(self, ref: str) -> list[str]:
        """The notes that stand directly before this question."""
        route = self.route()
        found: list[str] = []
        end = route.index(ref) if ref in route else len(route)
        for one in reversed(route[:end]):
            if self.asks(one):
                break
            found.append(one)
        return found[::-1]

    def section_of(self, ref: str) -> str:
        question = self.compiled.by_path.get(path_of(ref))
        return question.section if question else "/".join(path_of(ref).split("/")[:3])

    @property
    def percent(self) -> int:
        """Of all that is relevant now, in the whole form."""
        by_path, silent = self.compiled.by_path, self.compiled.silent
        asked = [ref for ref in self.walked if (path := path_of(ref)) in by_path and path not in silent]
        return 100 * sum(map(self.seen.__contains__, asked)) // max(1, len(asked))

    def progress(self) -> dict[str, tuple[int, int]]:
        """For each section how many of its questions were asked, and how many there are now."""
        found: dict[str, tuple[int, int]] = {}
        for ref in self.walked:
            question = self.compiled.by_path.get(path_of(ref))
            if question is not None and question.kind not in SILENT:
                seen, all_ = found.get(question.section, (0, 0))
                found[question.section] = seen + (ref in self.seen), all_ + 1
        return found

    def answered(self) -> list[str]:
        return [ref for ref in self.route() if ref in self.seen]

    def answer(self, ref: str, value: str | None) -> None:
        """Raises Violation where the form refuses."""
        changed = self.session.answer(ref, value)
        self.seen[ref] = None
        if any(one != ref for one in changed):
            self.steps = []

    def repeat(self, answers: Mapping[str, str]) -> None:
        """Takes answers over from another household; what does not fit here is asked."""
        for ref, value in answers.items():
            with suppress(Violation, NoSuchPlace):
                self.answer(ref, value)
                self.repeated.append(ref)

    def add(self, ref: str) -> str | None:
        """One more round; answers its first question."""
        instance = self.session.add_repeat(ref)
        self.steps = []
        return next((one for one in self.route() if one.startswith(instance) and self._open(one)), None)

    def remove_last(self, ref: str) -> None:
        """Takes back the newest instance of a repeat, in which nothing was answered yet."""
        at = ref.rindex("[")
        self.session.remove_repeat(ref[:at], int(ref[at + 1 :].partition("]")[0]))
        self.steps = []

    def enough(self, ref: str) -> None:
        self.session.finish_repeat(ref)
        self.seen[MORE + ref] = None
        self.steps = []

    def reopen(self, ref: str) -> None:
        self.seen.pop(MORE + ref, None)

    def to_json(self) -> str:
        kept = {"a": self.session.answers(), "seen": list(self.seen), "known": self.known}
        return dumps(kept | ({"repeated": self.repeated} if self.repeated else {}))

    async def save(self, db: AsyncConnection, *, now: datetime, ref: str | None = None) -> None:
        await fills.save(db, fill_id=self.row.id, answers=self.to_json(), percent=self.percent, now=now)
        if ref is not None and self.row.call_id is not None:
            await fills.note(db, fill_id=self.row.id, ref=ref, person_id=self.person_id, known=self.known, now=now)


async def load(
    db: AsyncConnection,
    *,
    fill_id: int,
    person_id: int,
    now: datetime,
    zone: ZoneInfo,
    section: str | None = None,
    to_write: bool = True,
) -> Filling:
    """`section`: that part only."""
    row = await fills.load(db, fill_id=fill_id, to_write=to_write)
    found = await compiled(db, version_id=row.version_id, hash_=row.hash)
    kept = loads(row.answers)
    setting = Setting(now=now.astimezone(zone), language=spoken(found.form), seed=row.seed)
    session = Session.load(found.form, kept["a"], setting) if "a" in kept else Session(found.form, setting)
    seen = dict.fromkeys(kept.get("seen", ()))
    return Filling(
        row, found, session, person_id, seen, Known(kept.get("known", Known.TOLD)), section, kept.get("repeated", [])
    )
