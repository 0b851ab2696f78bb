"""What would fail in front of a villager, found before a form is published, and said in plain words."""

import re
from collections.abc import Iterator

from domain.forms.actions import EVENTS
from domain.forms.binds import TYPES
from domain.forms.circles import circles
from domain.forms.expressions import shorten
from domain.forms.faults import Fault
from domain.forms.graph import Read, What, reads
from domain.forms.limits import MOST_INSTANCES, MOST_NODES
from domain.forms.plan import Plan
from domain.forms.reachable import unreachable
from domain.forms.schema import Spec
from domain.forms.xpath.errors import PatternTooSlow, XPathError
from domain.forms.xpath.expression import Expression
from domain.forms.xpath.patterns import Pattern
from domain.forms.xpath.references import ANY, DEEP

ATTRIBUTE = "/@"
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*")


def check(plan: Plan) -> tuple[list[Fault], list[Fault]]:
    """Faults, for which a form is refused, and warnings."""
    faults = [*plan.faults, *plan.expressions.faults]
    for find in (_sizes, _types, _controls, _nodes, _instances, _events, _circles, unreachable, _counts, _patterns):
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
            if path and ATTRIBUTE not in path:
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
        if action.target not in plan.specs and ATTRIBUTE not in action.target:
            yield Fault(action.target, "A value is to be set here, but the node is not in the form.")


def _circles(plan: Plan) -> Iterator[Fault]:
    for ring in circles(plan.graph):
        if any(one.what == What.COUNT for one in ring):
            continue  # "one more?" in the last row: it ends when somebody says no, or at the bound
        paths = sorted({one.spec.path for one in ring})
        yield Fault(paths[0], f"These depend on each other in a circle: {', '.join(paths)}.")
    for computation in plan.graph.computations:
        if computation.what == What.RELEVANT and computation.spec.leaf:
            here = plan.names.names[computation.spec]
            if Read(here, len(here)).names in [one.names for one in reads(computation.expression, here)]:
                yield Fault(computation.spec.path, "Whether it is asked depends on its own answer.")


def _counts(plan: Plan) -> Iterator[Fault]:
    for computation in plan.graph.computations:
        if computation.what == What.COUNT:
            number = _fixed(plan, computation.spec, computation.expression)
            if number and float(number) > MOST_INSTANCES:
                yield Fault(computation.spec.path, f"It repeats {number} times; at most {MOST_INSTANCES} are possible.")


def _fixed(plan: Plan, spec: Spec, expression: Expression) -> str | None:
    """The number that is written in the count, or in the calculation that pyxform puts it in."""
    for one in reads(expression, plan.names.names[spec]):
        for target in plan.names.find(one.names):
            if target.bind.calculate and (found := _NUMBER.fullmatch(target.bind.calculate.text)):
                return found[1]
    found = _NUMBER.fullmatch(expression.text)
    return found[1] if found else None


def _patterns(plan: Plan) -> Iterator[Fault]:
    tried: set[str] = set()
    for path, expression in plan.expressions.used:
        for pattern in expression.patterns:
            if pattern in tried:
                continue
            tried.add(pattern)
            try:
                Pattern(pattern).check()
            except PatternTooSlow:
                yield Fault(
                    path, f"The pattern “{shorten(pattern)}” takes too long on some answers. Please simplify it."
                )
            except XPathError:
                pass  # said already, as the expression's own fault


def _warnings(plan: Plan) -> Iterator[Fault]:
    for path in {path: None for path, _ in plan.expressions.used if ATTRIBUTE in path}:
        yield Fault(path, "Attributes are sent as the form has them; what it says about this one is not worked out.")
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
