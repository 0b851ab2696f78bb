"""The sorting of what was told: joined, split, named. A layer above the told needs, computed from what was decided.

A told need is a *part*, and so is what a split makes. A *head* is one or several parts that are the same need; its
number is that of the part that was there first. Nothing is rewritten: `stand` plays all decisions that were not taken
back, so that taking one back brings everything to where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from domain.refusal import Refused


class Level(StrEnum):
    """Who can meet the need."""

    VILLAGE = "village"
    MUNICIPAL = "municipal"
    LAW = "law"


class Standing(StrEnum):
    """PRIVATE names a person, and is never shown beyond the desk."""

    OPEN = "open"
    PRIVATE = "private"
    OUT_OF_SCOPE = "out"


class Verb(StrEnum):
    JOIN = "join"
    SPLIT = "split"
    APART = "apart"  # one part leaves its head again
    NAME = "name"  # words, kind, level
    STAND = "stand"  # open, private, out of scope
    LEAVE = "leave"  # somebody who stood behind what was split stands behind one half only: their own word
    SAME = "same"  # looked at, and not like any other: "this is a need of its own"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Act:
    """One decision of the desk. `change` names what it touches:

    JOIN {into, heads} · SPLIT {head, part, new, supports} · APART {head, part} · NAME {head, name?, kind?, level?} ·
    STAND {head, standing, reason?} · LEAVE {split, head, part, supports} · SAME {head} · UNDO undoes another.
    """

    id: int
    verb: Verb
    change: Mapping[str, Any]
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """What was decided about a head; None where nobody has."""

    name: str | None = None
    kind: str | None = None
    level: Level | None = None
    standing: Standing = Standing.OPEN
    reason: str | None = None
    seen: bool = False  # somebody has sorted it, if only by saying that it is a need of its own


@dataclass(slots=True)
class Sorted:
    """How the needs of a village stand. `version` is the last decision about a head, live or taken back."""

    heads: dict[int, set[int]]
    traits: dict[int, Traits] = field(default_factory=dict)
    inherited: dict[int, frozenset[int]] = field(default_factory=dict)  # supports that a half had when it was split off
    whole: dict[int, int] = field(default_factory=dict)  # by half of a split: what it was split from
    left: dict[int, set[int]] = field(default_factory=dict)
    version: dict[int, int] = field(default_factory=dict)

    def head_of(self, part: int) -> int | None:
        """None for what was never told here."""
        live = self.living(part)
        return next((head for head, parts in self.heads.items() if live in parts), None)

    def living(self, part: int) -> int:
        """A half whose split was taken back is the whole again."""
        while part in self.whole and not any(part in parts for parts in self.heads.values()):
            part = self.whole[part]
        return part

    def of(self, head: int) -> Traits:
        return self.traits.get(head, Traits())


def touched(act: Act) -> set[int]:
    change = act.change
    if act.verb is Verb.JOIN:
        return {change["into"], *change["heads"]}
    extra = {Verb.SPLIT: "new", Verb.APART: "part"}.get(act.verb)
    return {change["head"], change[extra]} if extra else {change["head"]}


def live(acts: Sequence[Act]) -> list[Act]:
    """What was not taken back; which half somebody chose goes with its split."""
    undone = {act.undoes for act in acts if act.undoes is not None}
    gone = [act.verb is Verb.UNDO or act.id in undone or act.change.get("split") in undone for act in acts]
    return [act for act, is_gone in zip(acts, gone, strict=True) if not is_gone]


def by_desk(acts: Sequence[Act]) -> list[Act]:
    """Without what people said of themselves, which is in nobody's way."""
    return [act for act in acts if act.verb is not Verb.LEAVE]


def stand(told: Iterable[int], acts: Sequence[Act]) -> Sorted:
    """`told` are the needs as people told them, `acts` every decision in order."""
    halves = {act.change["new"]: act.change["part"] for act in acts if act.verb is Verb.SPLIT}
    found = Sorted({need: {need} for need in told if need not in halves}, whole=halves)
    for act in live(acts):
        _play(found, act)
    by_id = {act.id: act for act in acts}
    for act in by_desk(acts):
        about = by_id[act.undoes] if act.undoes is not None else act
        found.version.update(dict.fromkeys(touched(about), act.id))
    return found


def _play(found: Sorted, act: Act) -> None:
    change = act.change
    match act.verb:
        case Verb.JOIN:
            for head in change["heads"]:
                found.heads[change["into"]] |= found.heads.pop(head)
            _mark(found, change["into"])
        case Verb.SPLIT:
            found.heads[change["new"]] = {change["new"]}
            found.inherited[change["new"]] = frozenset(change["supports"])
            _mark(found, change["head"])
            _mark(found, change["new"])
        case Verb.APART:
            found.heads[change["head"]].discard(change["part"])
            found.heads[change["part"]] = {change["part"]}
            _mark(found, change["part"])
        case Verb.LEAVE:
            found.left.setdefault(change["part"], set()).update(change["supports"])
        case Verb.NAME:
            told = {key: change[key] for key in ("name", "kind", "level") if key in change}
            _mark(found, change["head"], **told)
        case Verb.STAND:
            standing = Standing(change["standing"])
            _mark(found, change["head"], standing=standing, reason=change.get("reason"))
        case Verb.SAME:
            _mark(found, change["head"])


def _mark(found: Sorted, head: int, **told: Any) -> None:
    found.traits[head] = replace(found.of(head), seen=True, **told)


# By need: the number of each support and the answer it came with. A support keeps its number when two phones of one
# person become one, and the answer it counts for changes.
Supports = Mapping[int, Mapping[int, int]]


def behind(found: Sorted, supports: Supports, head: int) -> dict[int, int]:
    """The supports of a head, with the answers they came with; an answer behind two of its parts has two."""
    held: dict[int, int] = {}
    for part in found.heads[head]:
        held |= behind_part(found, supports, part)
    return held


def behind_part(found: Sorted, supports: Supports, part: int) -> dict[int, int]:
    held = dict(supports.get(part, {}))
    for half in found.whole:  # who stood behind a half that is no more stands behind the whole
        if half != part and found.living(half) == part:
            held |= supports.get(half, {})
    inherited, whole = found.inherited.get(part, frozenset()), part
    while whole in found.whole:
        whole = found.whole[whole]
        held |= {number: answer for number, answer in supports.get(whole, {}).items() if number in inherited}
    left = found.left.get(part, set())
    return {number: answer for number, answer in held.items() if number not in left}


def check_seen(found: Sorted, seen: Mapping[int, int]) -> int | None:
    """The decision that somebody else has taken since these heads were looked at, or None."""
    for head, version in seen.items():
        now = found.version.get(head, 0)
        if now != version:
            return now
    return None


def require_undoable(acts: Sequence[Act], act_id: int) -> Act:
    """The last decision about its heads: what was built upon it is taken back first."""
    standing = {act.id: act for act in by_desk(live(acts))}
    if act_id not in standing:
        raise Refused("gone")
    act = standing[act_id]
    if any(later.id > act_id and touched(later) & touched(act) for later in standing.values()):
        raise Refused("sorted_since")
    return act
