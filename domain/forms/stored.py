"""Answers as JSON, to be kept between two messages, and back: without reckoning again what was reckoned."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.forms.answering import Answering
from domain.forms.fields import Field, grow, place


def keep(live: Answering) -> dict[str, Any]:
    """`values`: what was answered or reckoned, also of what is not relevant now. `hidden`: nodes whose own condition is
    false. `rows`: how many instances each repeat has. `unlike`: where a choice is no longer
    offered, so that what expressions see is not what was answered."""
    values: dict[str, str] = {}
    hidden: list[str] = []
    unlike: dict[str, str] = {}
    rows: dict[str, int] = {}
    for field, reference in _all(live.root, live.root.spec.path, rows):
        if not field.own:
            hidden.append(reference)
        if field.base:
            values[reference] = field.base
            if field.relevant and field.content != field.base:
                unlike[reference] = field.content or ""
    kept = {"values": values, "hidden": hidden, "rows": rows, "unlike": unlike}
    return {name: found for name, found in kept.items() if found}


def _all(field: Field, reference: str, rows: dict[str, int]) -> Iterator[tuple[Field, str]]:
    """Every field below with its reference; `rows` fills up with the numbers of instances."""
    yield field, reference
    for child in field.children:
        if not isinstance(child, Field):
            continue
        spec = child.spec
        inner = reference + spec.tail
        if spec.repeat:
            number = rows[inner] = rows.get(inner, 0) + 1
            inner = f"{inner}[{number}]"
        if spec.leaf:
            yield child, inner
        else:
            yield from _all(child, inner, rows)


def restore(live: Answering, answers: Mapping[str, Any]) -> None:
    root = live.plant(values=False)
    values, hidden = answers.get("values", {}), frozenset(answers.get("hidden", ()))
    unlike, rows = answers.get("unlike", {}), answers.get("rows", {})
    _fit(root, root.spec.path, rows)
    for field, reference in _all(root, root.spec.path, {}):
        above = field.parent
        field.own = reference not in hidden
        field.relevant = field.own and (above.relevant if isinstance(above, Field) else True)
        if reference in values:
            field.base = values[reference]
            if field.relevant:
                field.say(unlike.get(reference, field.base))
    live.again(live.plan.by_clock)
    live.listen()


def _fit(field: Field, reference: str, rows: Mapping[str, int]) -> None:
    """As many instances as there were."""
    for spec in field.spec.children:
        if spec.leaf:
            continue
        name = reference + spec.tail
        if not spec.repeat:
            for child in field.rows(spec):
                _fit(child, name, rows)
            continue
        found, wanted = field.rows(spec), rows.get(name, 0)
        for number in range(len(found) + 1, wanted + 1):
            place(field, spec, grow(spec.draft(number), field, values=False), number)
        for extra in found[wanted:]:
            field.remove(extra)
        for number, child in enumerate(field.rows(spec), start=1):
            _fit(child, f"{name}[{number}]", rows)
