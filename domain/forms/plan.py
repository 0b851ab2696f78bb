"""A form as its sessions need it: shape, texts, lists, events and what depends on what, worked out once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from domain.forms.actions import CHANGED, Action, read_action
from domain.forms.binds import read_binds
from domain.forms.controls import Body, BodyReader
from domain.forms.expressions import Expressions
from domain.forms.faults import Fault
from domain.forms.graph import Computation, Graph, Names, build
from domain.forms.instances import read_instances
from domain.forms.schema import Builder, Draft, Spec
from domain.forms.texts import Texts
from domain.forms.tree import Node
from domain.forms.values import bounded, caster, several, single, tick
from domain.forms.xform import Document, elements

CLOCK = frozenset(("today", "now"))
WORDS = frozenset(("jr:choice-name", "jr:itext", "format-date", "format-date-time"))


@dataclass(eq=False)
class Plan:
    document: Document
    draft: Draft
    specs: dict[str, Spec]
    body: Body
    graph: Graph
    texts: Texts
    instances: dict[str, Node]
    actions: tuple[Action, ...]
    expressions: Expressions
    faults: list[Fault]
    kept: dict[str, tuple[tuple[str, Node], ...]] = field(default_factory=dict)
    _casts: dict[str, Callable[[str], str]] = field(default_factory=dict)

    @property
    def root(self) -> Spec:
        return self.draft.spec

    @cached_property
    def names(self) -> Names:
        return Names(self.root)

    @cached_property
    def by_source(self) -> dict[str, list[Action]]:
        """The actions that wait for an answer, by the control they stand in."""
        found: dict[str, list[Action]] = {}
        for action in self.actions:
            if CHANGED in action.events and action.source:
                found.setdefault(action.source, []).append(action)
        return found

    @cached_property
    def by_clock(self) -> list[Computation]:
        return [one for one in self.graph.computations if one.expression.functions & CLOCK]

    @cached_property
    def by_language(self) -> list[Computation]:
        return [one for one in self.graph.computations if one.expression.functions & WORDS]

    def cast(self, spec: Spec) -> Callable[[str], str]:
        """How a value of this node is written; "" for what is none."""
        found = self._casts.get(spec.path)
        if found is None:
            found = self._casts[spec.path] = _caster(spec)
        return found


def _caster(spec: Spec) -> Callable[[str], str]:
    control = spec.control
    tag = control.tag if control else ""
    if control and tag == "range":
        return bounded(caster(spec.bind.type), control.parameters.get("start", ""), control.parameters.get("end", ""))
    if tag == "trigger":
        return tick
    if tag in ("select", "rank"):
        return several
    return single if tag == "select1" else caster(spec.bind.type)


def plan_form(document: Document, media: Mapping[str, bytes]) -> Plan:
    faults: list[Fault] = []
    expressions = Expressions()
    model = document.model
    texts = Texts(model, expressions)
    binds = read_binds(model, expressions.make, texts.message)
    ids = {bind.id: path for path, bind in binds.items() if bind.id}
    root = f"/{document.primary.qualified}"
    body = BodyReader(expressions.make, texts, ids).read(document.body, root)
    builder = Builder(document, binds, body)
    draft = builder.root()
    own = [(one, "") for name in ("setvalue", "setgeopoint") for one in elements(model, name)]
    actions = tuple(read_action(element, source, ids, expressions) for element, source in own + body.actions)
    instances = read_instances(model, media, faults)
    graph = build(draft.spec)
    return Plan(document, draft, builder.specs, body, graph, texts, instances, actions, expressions, faults)
