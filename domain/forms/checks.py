"""What would fail in front of a villager, found before a form is published, and said in plain words."""

import re
from collections.abc import Iterator

from domain.forms.actions import EVENTS
from domain.forms.binds import TYPES
from domain.forms.circles import circles
from domain.forms.controls import Itemset
from domain.forms.faults import Fault
from domain.forms.graph import Read, What, reads
from domain.forms.kinds import is_note
from domain.forms.limits import MOST_INSTANCES, MOST_NODES
from domain.forms.plan import Plan
from domain.forms.schema import Spec
from domain.forms.tree import Node
from domain.forms.xpath.expression import Expression
from domain.forms.xpath.references import ANY, DEEP

_NEVER = frozenset(("false()", "0", "''", "not(true())", "1=0", "1=2"))
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*")


def check(plan: Plan) -> tuple[list[Fault], list[Fault]]:
    """Faults, for which a form is refused, and warnings."""
    faults = [*plan.faults, *plan.expressions.faults]
    for find in (_sizes, _types, _controls, _nodes, _instances, _events, _circles, _unreachable, _counts):
        faults.extend(find(plan))
    return list(dict.fromkeys(faults)), list(_warnings(plan))


def _sizes(plan: Plan) -> Iterator[Fault]:
    if len(plan.specs) > MOST_NODES:
        yield Fault("", f"The form has {len(plan.specs)} nodes; at most {MOST_NODES} can be worked.")


def _types(plan: Plan) -> Iterator[Fault]:
    for spec in plan.specs.values():
        if spec.bind.type not in TYPES:
            yield Fault(spec.path, f"The type “{spec.bind.type}” is not known.")


def _controls(plan: Plan) -> Iterator[Fault]:
    for path, name in plan.body.strange:
        yield Fault(path, f"“{name}” is no kind of question that is known.")
    for path, control in plan.body.controls.items():
        if path not in plan.specs:
            yield Fault(path, "This question has no place in the answers: the model's instance lacks it.")
        elif control.tag in ("select", "select1", "rank") and not control.items and control.itemset is None:
            yield Fault(path, "This question has no choices.")
        elif control.tag == "range":
            yield from _range(path, control.parameters)
    for path, repeat in plan.body.repeats.items():
        if path not in plan.specs:
            yield Fault(repeat.path, "This repeat has no place in the answers: the model's instance lacks it.")


def _range(path: str, parameters: dict[str, str]) -> Iterator[Fault]:
    found = {name: parameters.get(name, "") for name in ("start", "end", "step")}
    try:
        start, end, step = (float(found[name]) for name in ("start", "end", "step"))
    except ValueError:
        yield Fault(path, "A range needs start, end and step as numbers.")
        return
    if start >= end or step <= 0:
        yield Fault(path, "A range must end above its start, and step upwards.")


def _nodes(plan: Plan) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for path, expression in plan.expressions.used:
        spec = plan.specs.get(path)
        if spec is None:
            if path:
                yield Fault(path, "The form says something about this node, but it is not in the answers.")
            continue
        for one in _lost(plan, spec, expression):
            if (path, one) not in seen:
                seen.add((path, one))
                if not _inside(one, spec):
                    yield Fault(path, f"It refers to {one}, which is not in the form.")


def _inside(lost: str, spec: Spec) -> bool:
    """A bare word where quotes were forgotten: it reads as a node inside the question, and is empty for ever."""
    return spec.leaf and lost.startswith(f"{spec.path}/")


def _lost(plan: Plan, spec: Spec, expression: Expression) -> Iterator[str]:
    here = plan.names.names[spec]
    for one in reads(expression, here):
        exact = ANY not in one.names and DEEP not in one.names
        if exact and here[: len(one.names)] != one.names and not plan.names.find(one.names):
            yield "/" + "/".join(one.names)


def _instances(plan: Plan) -> Iterator[Fault]:
    for path, expression in plan.expressions.used:
        for one in expression.references:
            if one.instance and one.instance not in plan.instances:
                yield Fault(path, f"The list “{one.instance}” is not in the form.")


def _events(plan: Plan) -> Iterator[Fault]:
    for action in plan.actions:
        for event in action.events - EVENTS:
            yield Fault(action.target, f"The event “{event}” is not known.")
        if action.target not in plan.specs:
            yield Fault(action.target, "A value is to be set here, but the node is not in the form.")


def _circles(plan: Plan) -> Iterator[Fault]:
    for ring in circles(plan.graph):
        paths = sorted({one.spec.path for one in ring})
        yield Fault(paths[0], f"These depend on each other in a circle: {', '.join(paths)}.")
    for computation in plan.graph.computations:
        if computation.what == What.RELEVANT and computation.spec.leaf:
            here = plan.names.names[computation.spec]
            if Read(here, len(here)).names in [one.names for one in reads(computation.expression, here)]:
                yield Fault(computation.spec.path, "Whether it is asked depends on its own answer.")


def _unreachable(plan: Plan) -> Iterator[Fault]:
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
    """Some authors hide a question for good and use it, or its list of choices, elsewhere."""
    inside = list(spec.below())
    lists = {text for one in inside if one.control and one.control.itemset for text in _lists(one.control.itemset)}
    names = {inner.name for inner in inside} | lists
    return any(
        (expression := one.bind.calculate) and any(name in expression.text for name in names)
        for one in plan.specs.values()
        if one not in inside
    )


def _lists(itemset: Itemset) -> list[str]:
    return _INSTANCE.findall(itemset.nodes.text)


_INSTANCE = re.compile(r"""instance\(['"][^'"]+['"]\)""")


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


def _counts(plan: Plan) -> Iterator[Fault]:
    for path, repeat in plan.body.repeats.items():
        found = _NUMBER.fullmatch(repeat.count.text) if repeat.count else None
        if found and float(found[1]) > MOST_INSTANCES:
            yield Fault(path, f"It repeats {found[1]} times; at most {MOST_INSTANCES} are possible.")


def _warnings(plan: Plan) -> Iterator[Fault]:
    for path, expression in plan.expressions.used:
        if spec := plan.specs.get(path):
            for one in _lost(plan, spec, expression):
                if _inside(one, spec):
                    yield Fault(path, f"“{one.rpartition('/')[2]}” stands without quotes, so it is always empty.")
    for computation in plan.graph.computations:
        if computation.what != What.COUNT or not computation.expression.references:
            continue
        here = plan.names.names[computation.spec]
        sources = [one for each in reads(computation.expression, here) for one in plan.names.find(each.names)]
        if any(one.control and one.bind.constraint is None and one.bind.type == "int" for one in sources):
            yield Fault(
                computation.spec.path,
                f"How often it repeats comes from an answer without a bound; it stops at {MOST_INSTANCES}.",
            )
