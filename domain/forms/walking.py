"""The way through a form: which question comes next, of those that are relevant now."""

from collections.abc import Collection, Iterator

from domain.forms.asked import Step, StepKind
from domain.forms.fields import Field
from domain.forms.places import key, key_of_prompt
from domain.forms.schema import Spec

FIELD_LIST = "field-list"


def walk(root: Field, finished: Collection[str]) -> Iterator[Step]:
    return _inside(root, root.spec.path, finished)


def _inside(field: Field, reference: str, finished: Collection[str]) -> Iterator[Step]:
    for spec in field.spec.children:
        if spec.control is None and spec.leaf:
            continue
        name = reference + spec.tail
        if spec.repeat:
            yield from _repeat(field, spec, name, finished)
            continue
        for child in field.rows(spec):
            if child.relevant:
                yield from _one(child, name, finished)


def _one(field: Field, reference: str, finished: Collection[str]) -> Iterator[Step]:
    if field.spec.leaf:
        yield Step(StepKind.QUESTION, reference)
    elif _together(field.spec):
        if refs := tuple(ref for step in _inside(field, reference, finished) for ref in step.refs or (step.ref,)):
            yield Step(StepKind.TOGETHER, reference, refs)
    else:
        yield from _inside(field, reference, finished)


def _together(spec: Spec) -> bool:
    """A field-list with a repeat in it is asked one after the other: "one more?" cannot stand on the same screen."""
    holder = spec.repeat or spec.group
    return (
        holder is not None
        and any(word.lower() == FIELD_LIST for word in holder.appearance)
        and not any(inner.repeat for inner in spec.below() if inner is not spec)
    )


def _repeat(parent: Field, spec: Spec, reference: str, finished: Collection[str]) -> Iterator[Step]:
    rows = parent.rows(spec)
    for number, row in enumerate(rows, start=1):
        if row.relevant:
            yield from _one(row, f"{reference}[{number}]", finished)
    repeat = spec.repeat
    free = repeat is not None and repeat.count is None and not repeat.fixed
    if free and reference not in finished and (not rows or any(row.relevant for row in rows)):
        yield Step(StepKind.REPEAT, reference)


def next_after(steps: Iterator[Step], specs: dict[str, Spec], reference: str) -> Step | None:
    if not reference:
        return next(steps, None)
    here = _place(specs, reference)
    return next((step for step in steps if reference not in step.refs and _key(specs, step) > here), None)


def previous(steps: Iterator[Step], specs: dict[str, Spec], reference: str) -> Step | None:
    here = _place(specs, reference) if reference else None
    found = None
    for step in steps:
        if here is not None and (step.ref == reference or reference in step.refs or _key(specs, step) >= here):
            return found
        found = step
    return found


def _key(specs: dict[str, Spec], step: Step) -> tuple[tuple[int, float], ...]:
    return key_of_prompt(specs, step.ref) if step.kind == StepKind.REPEAT else key(specs, step.ref)


def _place(specs: dict[str, Spec], reference: str) -> tuple[tuple[int, float], ...]:
    """A repeat's reference without a number is the question "one more?", behind its instances."""
    found = key(specs, reference)
    spec = specs["".join(f"/{part.partition('[')[0]}" for part in reference.split("/")[1:])]
    return key_of_prompt(specs, reference) if spec.repeat and not reference.endswith("]") else found
