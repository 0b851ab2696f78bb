"""How far an answering is, part by part, and in whose hands: without a word of what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.forms.filling import Filling
from conversations.forms.filling import load as filling_of
from domain.forms.calls import Mode
from domain.forms.plain import plain
from locales import _, ngettext
from publish.form_handout import unfinished
from storage import fills, form_calls


@dataclass(frozen=True, slots=True)
class Part:
    """`at` is its place in the form, from 0; `holder` is who took it, with their name in the group if they have one."""

    at: int
    title: str
    percent: int
    holder: int | None = None
    name: str | None = None


async def parts(db: AsyncConnection, filling: Filling) -> list[Part]:
    """Those that have a question now."""
    taken, progress = await fills.sections(db, fill_id=filling.row.id), filling.progress()
    found = []
    for at, path in enumerate(filling.compiled.sections):
        told, all_ = progress.get(path, (0, 0))
        if all_:
            title = f"{at + 1}. {plain(filling.session.question(path).label)}"
            found.append(Part(at, title, 100 * told // all_, *taken.get(path, (None, None))))
    return found


def line(part: Part, person_id: int | None = None) -> str:
    """As a list shows it; `person_id` is who reads it."""
    if part.percent >= 100:
        return f"✓ {part.title}"
    if part.holder is None:
        return f"○ {part.title} · " + (f"{part.percent} %" if part.percent else _("not taken yet"))
    who = _("in your hands") if part.holder == person_id else part.name or _("another member")
    return f"✎ {part.title} · {part.percent} % · {who}"


async def of_call(
    db: AsyncConnection, *, call_id: int, person_id: int, now: datetime, zone: ZoneInfo
) -> tuple[str, Sequence[str]]:
    """What is unfinished, in a sentence; of a form that a group answers together also its parts, a line each."""
    call, open_ = await form_calls.call(db, call_id=call_id), await fills.open_of(db, call_id=call_id)
    if call.mode != Mode.GROUP or not open_:
        return unfinished(len(open_)), ()
    filling = await filling_of(db, fill_id=open_[0], person_id=person_id, now=now, zone=zone, to_write=False)
    said = _("The group has answered {percent} % so far; it is counted when it is finished.")
    return said.format(percent=filling.percent), [line(part, person_id) for part in await parts(db, filling)]


async def heading(
    question: str, db: AsyncConnection, *, call_id: int, person_id: int, now: datetime, zone: ZoneInfo
) -> str:
    """Where it stands, above what is asked about it."""
    call = await form_calls.call(db, call_id=call_id)
    finished = ngettext("{count} finished.", "{count} finished.", call.done).format(count=call.done)
    open_, lines = await of_call(db, call_id=call_id, person_id=person_id, now=now, zone=zone)
    said = [f"“{call.title}”", " ".join(filter(None, (finished, open_)))]
    return "\n".join([*said, *lines, "", question])
