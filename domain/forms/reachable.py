"""Questions that nobody would ever be asked."""

import re
from collections.abc import Iterator

from domain.forms.faults import Fault
from domain.forms.graph import reads
from domain.forms.kinds import is_note
from domain.forms.plan import Plan
from domain.forms.schema import Spec
from domain.forms.tree import Node
from domain.forms.xpath.expression import Expression
from domain.forms.xpath.references import Reference

_NEVER = frozenset(("false()", "0", "''", "not(true())", "1=0", "1=2"))


def unreachable(plan: Plan) -> Iterator[Fault]:
    for spec in plan.specs.values():
        relevant = spec.bind.relevant
        asked = [one for one in spec.below() if one.control and not is_note(one)]
        if relevant is None or not asked:
            continue
        if relevant.text.replace(" ", "") in _NEVER and not _is_used(plan, spec):
            yield Fault(spec.path, "It can never be reached: its condition is always false.")
        elif (choice := _impossible(plan, spec, relevant)) is not None:
            yield Fault(spec.path, f"It can never be reached: “{choice}” is not among the choices it waits for.")


def _is_used(plan: Plan, spec: Spec) -> bool:
    """Some authors hide a question for good and use its list, or its choices' names, elsewhere."""
    own = {one.path for one in spec.below()}
    lists = [
        reference.instance
        for one in spec.below()
        if one.control and one.control.itemset
        for reference in one.control.itemset.nodes.references
        if reference.instance
    ]
    return any(
        reference.instance in lists or (not reference.instance and _leads_to(plan, path, reference, own))
        for path, expression in plan.expressions.used
        if path and path not in own
        for reference in expression.references
    )


def _leads_to(plan: Plan, path: str, reference: Reference, own: set[str]) -> bool:
    spec = plan.specs.get(path)
    names = reference.names(plan.names.names[spec]) if spec else ()
    return any(found.path in own for found in plan.names.find(names))


_EQUALS = re.compile(r"""\s*([\w/.:-]+)\s*=\s*(['"])([^'"]*)\2\s*""")
_SELECTED = re.compile(r"""\s*selected\s*\(\s*([\w/.:-]+)\s*,\s*(['"])([^'"]*)\2\s*\)\s*""")


def _impossible(plan: Plan, spec: Spec, relevant: Expression) -> str | None:
    """The choice that a condition waits for and that its question does not have."""
    found = _EQUALS.fullmatch(relevant.text) or _SELECTED.fullmatch(relevant.text)
    targets = [
        target
        for one in reads(relevant, plan.names.names[spec])
        for target in plan.names.find(one.names)
        if target.control and target.control.tag in ("select", "select1")
    ]
    if not found or len(targets) != 1 or not found[3].strip():
        return None
    values = _values(plan, targets[0])
    return found[3] if values and found[3].strip() not in values else None


def _values(plan: Plan, spec: Spec) -> set[str]:
    """Every value the question could have; empty where that cannot be told."""
    control = spec.control
    if control is None or spec.bind.calculate or control.items:
        return {item.value for item in control.items} if control and not spec.bind.calculate else set()
    itemset = control.itemset
    lists = {one.instance for one in itemset.nodes.references if one.instance} if itemset else set()
    if itemset is None or len(lists) != 1:
        return set()
    name = itemset.value.text.strip()
    return {inner.text for item in _items(plan.instances.get(next(iter(lists)))) if (inner := item.child(name))}


def _items(holder: Node | None) -> list[Node]:
    return holder.elements[0].elements if holder and holder.elements else []
