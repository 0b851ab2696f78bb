"""One answering of a form, loaded for one message: where it stands, what is asked next, what an answer changes.

What is kept is {"a": the session's answers, "seen": what was asked, "known": how the last number was known}. A question
is asked once, whether it was answered or skipped; Back and the review ask it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
from storage import fills, form_media
from storage.form_media import Shown
from storage.jsontext import dumps, loads

MORE, REVIEW = "+", "!review"  # "one more?" of a repeat; the look at everything before the end
HERE = "@"  # where the person is, which no question of the form asks
SHEET, REST = "=", "~"  # a field-list on one screen: all of it; what its answers brought up
_NUMBERS = re.compile(r"\[\d+\]")
SILENT = (Kind.NOTE, Kind.HIDDEN)
SELECTS = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
TWO = 2  # questions: fewer need no screen of their own
PICKED_UP = (Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE, Kind.GEOPOINT, Kind.GEOTRACE, Kind.GEOSHAPE, Kind.RANK)
# They need the phone's camera or place, or one tap after the other: they are asked behind their screen.


def path_of(ref: str) -> str:
    return _NUMBERS.sub("", ref.removeprefix(MORE)) if "[" in ref or ref.startswith(MORE) else ref


def place_of(at: str) -> str:
    """Where in the form it is that the person stands, whatever is asked there."""
    return at[1:] if at.startswith((MORE, HERE, SHEET, REST)) else at


@dataclass
class Filling:
    """`only` is the section that is answered now; None: the whole form. `sheets`: field-lists stand on one screen."""

    row: Row[Any]
    compiled: Compiled
    session: Session
    person_id: int
    seen: dict[str, None]
    known: Known
    only: str | None = None
    repeated: list[str] = field(default_factory=list)  # what was taken over from the house before
    steps: list[str] = field(default_factory=list)
    sheets: bool = False
    media: Shown = field(default_factory=dict)  # what it shows and plays
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what each field-list of the walk holds

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
            self.lists = {}
            self.steps = list(self._walk())
        return self.steps

    def _walk(self) -> Iterator[str]:
        yield from (HERE + ref for ref in self.form.whereabouts)
        for step in self.session.walk():
            if step.kind is StepKind.REPEAT:
                yield MORE + step.ref
            elif step.kind is StepKind.TOGETHER:
                self.lists[step.ref] = step.refs
                yield from step.refs
            else:
                yield step.ref

    def _mine(self, ref: str) -> bool:
        return self.only is None or self.section_of(ref) == self.only

    def asks(self, ref: str) -> bool:
        """Whether this is a question: not a note, not read-only, not the head of a table."""
        if ref.startswith((MORE, HERE)):
            return True
        question = self.compiled.by_path.get(path_of(ref))
        if question is None or question.kind in SILENT:
            return False
        if question.kind in SELECTS and "label" in question.appearance:
            return False
        return not self.session.state(ref).readonly

    def next(self, after: str = "") -> str | None:
        """Where the first question is that was not asked yet, from `after` on, then from the beginning."""
        route = self.route()
        here = (self.on_sheet(after) or [after])[0]
        start = route.index(here) + (here == after) if here in route else 0
        found = next((ref for ref in (*route[start:], *route[:start]) if self._open(ref)), None)
        return self._stop(found) if found else None

    def stands(self, at: str) -> bool:
        """Whether this can still be asked here and now."""
        return bool(self.on_sheet(at)) if at.startswith((SHEET, REST)) else at in self.route()

    def sheet_of(self, ref: str) -> str | None:
        """The screen on which this question stands, where it stands on one with others."""
        if not self.sheets or not self.lists:
            return None
        return next(
            (SHEET + group for group, refs in self._lists() if ref in refs and self.on_sheet(SHEET + group)), None
        )

    def on_sheet(self, at: str) -> list[str]:
        """The questions of a screen; of what came up through its answers, those that are still open."""
        if not self.sheets or not at.startswith((SHEET, REST)):
            return []
        listed = dict(self._lists()).get(place_of(at), ())
        if any(path_of(ref) in self.compiled.pictured for ref in listed):
            return []  # what has pictures or sounds beside it is asked one by one, each with its own
        refs = [ref for ref in listed if self._native(ref) and self.asks(ref)]
        if len(refs) < TWO:
            return []
        return [ref for ref in refs if ref not in self.seen] if at.startswith(REST) else refs

    def beside(self, ref: str) -> tuple[str, ...]:
        """All that the same field-list holds."""
        return next((refs for _group, refs in self._lists() if ref in refs), ())

    def _lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        route = set(self.route())
        return ((group, refs) for group, refs in self.lists.items() if route.issuperset(refs))

    def _native(self, ref: str) -> bool:
        """A list that waits for another answer of the screen is asked behind it."""
        question = self.compiled.by_path.get(path_of(ref))
        if question is None or question.kind in PICKED_UP:
            return False
        return question.kind not in SELECTS or bool(self.session.question(ref).choices)

    def _stop(self, ref: str) -> str:
        """The screen of an open question; alone, what is left of a screen is asked like any other question."""
        sheet = self.sheet_of(ref)
        if sheet is None or ref not in self.on_sheet(sheet):
            return ref
        left = self.on_sheet(REST + place_of(sheet))
        if len(left) == len(self.on_sheet(sheet)):
            return sheet
        return REST + place_of(sheet) if len(left) >= TWO else ref

    def _open(self, ref: str) -> bool:
        return ref not in self.seen and self.asks(ref)

    def before(self, ref: str) -> str | None:
        """Where Back leads to."""
        if ref.startswith(REST):
            return SHEET + place_of(ref)
        found = next((one for one in reversed(self._until(ref)) if not one.startswith(MORE) and self.asks(one)), None)
        return self.whole(found) if found else None

    def whole(self, ref: str) -> str:
        """Where a question is answered once more: on its screen."""
        sheet = self.sheet_of(ref)
        return sheet if sheet and ref in self.on_sheet(sheet) else ref

    def _until(self, at: str) -> list[str]:
        route, first = self.route(), (self.on_sheet(at) or [at])[0]
        return route[: route.index(first)] if first in route else route

    def notes(self, ref: str) -> list[str]:
        """The notes that stand directly before this question; those of a screen stand on it."""
        found: list[str] = []
        for one in reversed(self._until(ref)):
            if self.asks(one):
                break
            if self.sheet_of(one) is None:
                found.append(one)
        return found[::-1]

    def section_of(self, ref: str) -> str:
        ref = (self.on_sheet(ref) or [place_of(ref)])[0] if ref.startswith((SHEET, REST)) else ref
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

    def be_at(self, ref: str, point: str) -> None:
        """`point` is empty where they would rather not say."""
        self.session.answer(place_of(ref), point, force=True)
        self.seen[ref] = None
        self.steps = []

    def answer_together(self, given: Mapping[str, str], *, whole: bool) -> dict[str, Violation]:
        """The answers of one screen. They count as asked once nothing on it is wrong; `whole`: all could be read."""
        wrong = self.session.answer_together(given)
        self.steps = []
        if whole and not wrong:
            route = self.route()
            self.seen.update(dict.fromkeys(ref for ref in given if ref in route))
        return wrong

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
        first = next((one for one in self.route() if one.startswith(instance) and self._open(one)), None)
        return self._stop(first) if first else None

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

    async def save(self, db: AsyncConnection, *, now: datetime, refs: Iterable[str] = ()) -> None:
        await fills.save(db, fill_id=self.row.id, answers=self.to_json(), percent=self.percent, now=now)
        for ref in refs if self.row.call_id is not None else ():
            await fills.note(db, fill_id=self.row.id, ref=ref, person_id=self.person_id, known=self.known, now=now)


async def load(
    db: AsyncConnection,
    *,
    fill_id: int,
    person_id: int,
    now: datetime,
    zone: ZoneInfo,
    section: str | None = None,
    sheets: bool = False,
    to_write: bool = True,
) -> Filling:
    """`section`: that part only. `sheets`: for a channel that shows many questions at once."""
    row = await fills.load(db, fill_id=fill_id, to_write=to_write)
    found = await compiled(db, version_id=row.version_id, hash_=row.hash)
    kept = loads(row.answers)
    setting = Setting(now=now.astimezone(zone), language=spoken(found.form), seed=row.seed)
    session = Session.load(found.form, kept["a"], setting) if "a" in kept else Session(found.form, setting)
    seen = dict.fromkeys(kept.get("seen", ()))
    known, repeated = Known(kept.get("known", Known.TOLD)), kept.get("repeated", [])
    shown = await form_media.of_version(db, version_id=row.version_id) if found.pictured else {}
    return Filling(row, found, session, person_id, seen, known, section, repeated, sheets=sheets, media=shown)
