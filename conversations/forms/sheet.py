"""The questions of a field-list as fields of one sheet, and what was written in them as the form writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from conversations.forms.filling import SELECTS, Filling
from conversations.forms.parts import in_short, options, steps, written
from conversations.message import Field, FieldKind
from domain.forms.asked import Asked, Kind
from domain.forms.plain import plain
from domain.typed import numbers
from domain.typed.text import folded
from locales import _

SHOWN_OPEN = 14  # choices: longer lists are unfolded by a press
SIDE_BY_SIDE = ("likert", "list-nolabel", "columns-pack", "horizontal", "horizontal-compact")
FOLDED = ("minimal", "autocomplete", "search")
KINDS: dict[Kind, FieldKind] = {
    Kind.SELECT_MULTIPLE: "many",
    Kind.ACKNOWLEDGE: "many",
    Kind.INTEGER: "whole",
    Kind.DECIMAL: "decimal",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.DATETIME: "datetime",
}


def fields(filling: Filling, refs: list[str], typed: Mapping[str, str], wrong: Mapping[str, str]) -> list[Field]:
    """With the notes that stand between them. `typed` is what stood in them when they were sent, `wrong` why it does
    not do."""
    found = []
    for ref in _with_notes(filling, refs):
        asked = filling.session.question(ref)
        if ref in refs:
            found.append(_field(asked, typed.get(ref), wrong.get(ref, "")))
        elif words := _note(asked):
            found.append(Field(ref, "note", words))
    return found


def _with_notes(filling: Filling, refs: list[str]) -> list[str]:
    """Everything from the first field on, and what explains it above; what is asked behind the screen is left out."""
    route, holds = filling.route(), filling.beside(refs[0])
    return [ref for ref in route if ref in refs or (ref in holds and not filling.asks(ref))]


def _note(asked: Asked) -> str:
    words = plain(asked.label)
    return f"{words} {in_short(asked)}" if asked.value and asked.kind is not Kind.NOTE else words


def _field(asked: Asked, typed: str | None, wrong: str) -> Field:
    return Field(
        name=asked.ref,
        kind=_kind(asked),
        label=plain(asked.label) or asked.ref.rpartition("/")[2],
        value=_shown(asked) if typed is None else typed,
        hint="\n".join(plain(each) for each in (asked.hint, asked.guidance) if each),
        choices=_choices(asked),
        limits=_limits(asked),
        required=asked.required,
        wrong=wrong,
        flat=any(word in SIDE_BY_SIDE for word in asked.appearance),
    )


def _kind(asked: Asked) -> FieldKind:
    if asked.kind is Kind.RANGE:
        return "range" if steps(asked) else "decimal"
    if asked.kind is Kind.SELECT_ONE:
        folded_up = len(asked.choices) > SHOWN_OPEN or any(word in FOLDED for word in asked.appearance)
        return "list" if folded_up else "one"
    return KINDS.get(asked.kind, "text")


def _choices(asked: Asked) -> tuple[tuple[str, str], ...]:
    if asked.kind is Kind.ACKNOWLEDGE:
        return (("OK", _("✓ Yes, I have read it")),)
    return tuple((str(each.value), each.label) for each in options(asked)) if asked.kind in SELECTS else ()


def _limits(asked: Asked) -> tuple[str, ...]:
    if asked.kind is not Kind.RANGE or not steps(asked):
        return ()
    values = [str(each.value) for each in steps(asked)]
    return min(values, key=float), max(values, key=float), str(abs(float(asked.parameters["step"])))


def _shown(asked: Asked) -> str:
    """A kept answer as a browser's field takes it."""
    cut = {Kind.TIME: 5, Kind.DATETIME: 16, Kind.DATE: 10}.get(asked.kind)
    return asked.value[:cut]


def value_of(asked: Asked, typed: str, zone: ZoneInfo) -> str:
    """Raises ValueError or NotANumber for what cannot be read."""
    words = typed.strip()
    read = READ.get(asked.kind)
    return written(asked, read(words), zone) if words and read else words


def _broken(words: str) -> str:
    return words.replace(",", ".")


READ: dict[Kind, Callable[[str], str]] = {
    Kind.INTEGER: lambda words: str(numbers.read(folded(words))),
    Kind.DECIMAL: _broken,
    Kind.RANGE: _broken,
    Kind.DATE: lambda words: date.fromisoformat(words).isoformat(),
    Kind.TIME: lambda words: time.fromisoformat(words).replace(tzinfo=None).isoformat(),
    Kind.DATETIME: lambda words: datetime.fromisoformat(words).replace(tzinfo=None).isoformat(),
}
