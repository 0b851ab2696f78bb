"""From a reference to a node, and the order of references in the form."""

import re

from domain.forms.faults import NoSuchPlace
from domain.forms.fields import Field
from domain.forms.schema import Spec

_STEP = re.compile(r"/([^/\[]+)(?:\[(\d+)\])?")
Key = tuple[tuple[int, float], ...]
LAST = float("inf")


def find(root: Field, reference: str) -> Field:
    """The field with this reference; a repeat's instance without a number is the first. Raises NoSuchPlace."""
    steps = _STEP.findall(reference)
    if not steps or steps[0][0] != root.spec.path[1:] or "".join(_written(step) for step in steps) != reference:
        raise NoSuchPlace(reference)
    field = root
    for name, number in steps[1:]:
        rows = field.named(name.rpartition(":")[2])
        at = int(number or 1)
        if not 1 <= at <= len(rows):
            raise NoSuchPlace(reference)
        inner = rows[at - 1]
        if not isinstance(inner, Field):
            raise NoSuchPlace(reference)
        field = inner
    return field


def _written(step: tuple[str, str]) -> str:
    return f"/{step[0]}[{step[1]}]" if step[1] else f"/{step[0]}"


def path(reference: str) -> str:
    """Without the numbers: the path of the form's node."""
    return re.sub(r"\[\d+\]", "", reference)


def key(specs: dict[str, Spec], reference: str) -> Key:
    """Sorts references as the form asks; also of places that are no longer there."""
    found: list[tuple[int, float]] = []
    at = ""
    for name, number in _STEP.findall(reference):
        at += f"/{name}"
        if at not in specs:
            raise NoSuchPlace(reference)
        found.append((specs[at].number, int(number) if number else 1 if specs[at].repeat else 0))
    return tuple(found)


def key_of_prompt(specs: dict[str, Spec], reference: str) -> Key:
    """Of "one more?": behind the last instance."""
    found = key(specs, reference)
    return (*found[:-1], (found[-1][0], LAST))


def range_place(root: Field, reference: str, specs: dict[str, Spec]) -> tuple[Field, Spec]:
    """Where the instances of the repeat "/data/household" live, and its spec."""
    above, _, name = re.sub(r"\[\d+\]$", "", reference).rpartition("/")
    spec = specs.get(path(f"{above}/{name}"))
    if spec is None or not spec.repeat or not above:
        raise NoSuchPlace(reference)
    return find(root, above), spec
