"""What the form does at its events: setvalue when it is first opened, in a new repeat, when another answer changes."""

from dataclasses import dataclass

from domain.forms.expressions import Expressions
from domain.forms.fields import Field
from domain.forms.schema import Spec
from domain.forms.tree import Node
from domain.forms.xform import path_of
from domain.forms.xpath.environment import Context, Environment
from domain.forms.xpath.expression import Expression

FIRST_LOAD, LOAD, NEW_REPEAT, CHANGED = (
    "odk-instance-first-load",
    "odk-instance-load",
    "odk-new-repeat",
    "xforms-value-changed",
)
EVENTS = frozenset((FIRST_LOAD, LOAD, NEW_REPEAT, CHANGED, "xforms-ready", "xforms-revalidate"))


@dataclass(frozen=True)
class Action:
    """`target` is a node's path; `chosen` says which of its instances, where the form does. `place` asks for where the
    person is instead of reckoning a value."""

    events: frozenset[str]
    target: str
    chosen: Expression | None
    source: str
    value: Expression
    place: bool


def read_action(element: Node, source: str, ids: dict[str, str], expressions: Expressions) -> Action:
    """`source` is the control it stands in, "" for the model's own."""
    written = element.attribute("ref") or ids.get(element.attribute("bind") or "", "")
    plain = _without_predicates(written)
    target = path_of(plain, source.rpartition("/")[0]) if plain else ""
    value = element.attribute("value")
    events = frozenset((element.attribute("event") or "").replace("xforms-ready", FIRST_LOAD).split())
    return Action(
        events,
        target,
        expressions.make(written, "") if "[" in written else None,
        source,
        expressions.make(value or "''", target) if value is not None else _literal(element.text, expressions, target),
        element.name == "setgeopoint",
    )


def _literal(text: str, expressions: Expressions, path: str) -> Expression:
    quote = "'" if "'" not in text else '"'
    return expressions.make(f"{quote}{text.replace(quote, '')}{quote}", path)


def _without_predicates(path: str) -> str:
    kept, depth = [], 0
    for letter in path:
        depth += letter == "["
        if not depth:
            kept.append(letter)
        depth -= letter == "]"
    return "".join(kept)


def targets(action: Action, source: Field, specs: dict[str, Spec], env: Environment) -> list[Field]:
    """Where an action that stands at this field leads: in the field's own instances of the repeats they share."""
    if action.chosen is not None:
        return [one for one in action.chosen.nodes(Context(source, env)) if isinstance(one, Field)]
    spec = specs.get(action.target)
    if spec is None:
        return []
    line = list(reversed(list(spec.lineage())))
    own = list(reversed(list(source.spec.lineage())))
    shared = sum(1 for one, other in zip(line, own, strict=False) if one is other)
    return source.up(len(own) - shared).reach(tuple(one.name for one in line[shared:]))
