"""What a form of the sorting page asks for, done by the same functions as in the chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.web.refusals import Refusal
from domain.needs import Kind
from domain.sorting import Level, Standing
from storage import heads, sorting
from storage.desk_heads import Heap
from storage.sorting import By, Seen

Form = dict[str, str]
Done = tuple[str, int | None]  # a word for what is said, and the need it is about
LONGEST_NAME = 200


async def act(db: AsyncConnection, here: Heap, form: Form, by: By) -> Done:
    do = _ACTS.get(form.get("do", ""))
    if do is None:
        raise Refusal(400, "malformed", field="do")
    village = await heads.read(db, poll_id=here.poll_id, village_id=here.village_id)
    at = _number(form, "at")
    # Seen is what stood on the page: whatever was decided about since then is not what they looked at.
    seen = {head: min(village.sorted.version.get(head, 0), at) for head in village.sorted.heads}
    _require_here(village, form)
    return await do(db, form, seen, by)


def _require_here(village: heads.Village, form: Form) -> None:
    """A form names needs of the village whose page it is on."""
    for name in ("head", "into", "part"):
        if form.get(name) and _number(form, name) not in village.needs:
            raise Refusal(400, "malformed", field=name)


def _number(form: Form, name: str) -> int:
    value = form.get(name, "")
    if not value.isdecimal() or len(value) > 15:
        raise Refusal(400, "malformed", field=name)
    return int(value)


def _words(form: Form, name: str) -> str:
    return " ".join(form.get(name, "").split())[:LONGEST_NAME]


async def _join(db: AsyncConnection, form: Form, seen: Seen, by: By) -> Done:
    head = _number(form, "head")
    into = form.get("other") or form.get("into") or ""
    chosen = _number({"into": into}, "into")
    await sorting.merge(db, into=chosen, others=[head], seen=seen, by=by)
    return "joined", chosen


async def _new(db: AsyncConnection, form: Form, seen: Seen, by: By) -> Done:
    head = _number(form, "head")
    await sorting.keep_apart(db, head=head, seen=seen, by=by)
    return "kept", head


async def _split(db: AsyncConnection, form: Form, seen: Seen, by: By) -> Done:
    head, name = _number(form, "head"), _words(form, "name")
    if not name:
        raise Refusal(400, "malformed", field="name")
    part = _number(form, "part") if form.get("part") else None
    await sorting.split(db, head=head, part=part, name=name, kind=_kind(form), seen=seen, by=by)
    return "split", head


async def _take_out(db: AsyncConnection, form: Form, seen: Seen, by: By) -> Done:
    part = _number(form, "part")
    await sorting.take_out(db, head=_number(form, "head"), part=part, seen=seen, by=by)
    return "taken_out", part


async def _name(db: AsyncConnection, form: Form, seen: Seen, by: By) -> Done:
    """Only what differs from what stands is a decision."""
    head = _number(form, "head")
    now = await heads.head(db, need_id=head)
    name = _words(form, "name") or None
    level = Level(form["level"]) if form.get("level") in set(Level) else None
    told = {"name": name, "kind": _kind(form), "level": level}
    changed = {key: value for key, value in told.items() if now is not None and value != getattr(now, key)}
    if any(changed.values()):
        await sorting.rename(db, head=head, seen=seen, by=by, **changed)  # type: ignore[arg-type]
    return "named", head


def _kind(form: Form) -> str:
    if form.get("kind") not in set(Kind):
        raise Refusal(400, "malformed", field="kind")
    return form["kind"]


async def _stand(db: AsyncConnection, form: Form, seen: Seen, by: By) -> Done:
    head = _number(form, "head")
    if form.get("standing") not in set(Standing):
        raise Refusal(400, "malformed", field="standing")
    standing = Standing(form["standing"])
    reason = (_words(form, "words") or form.get("reason")) if standing is Standing.OUT_OF_SCOPE else None
    await sorting.set_standing(db, head=head, standing=standing, reason=reason, seen=seen, by=by)
    return f"stands_{standing.value}", head


async def _undo(db: AsyncConnection, form: Form, seen: Seen, by: By) -> Done:
    await sorting.undo(db, act_id=_number(form, "act"), by=by)
    return "undone", None


_ACTS: dict[str, Callable[[AsyncConnection, Form, Seen, By], Awaitable[Done]]] = {
    "join": _join,
    "new": _new,
    "split": _split,
    "take_out": _take_out,
    "name": _name,
    "stand": _stand,
    "undo": _undo,
}
