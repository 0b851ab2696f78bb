"""What depends on what: for every node, which computations read it, and in which order they are worked out.

A reader that goes from its own node up to an ancestor and down again ("../age") is reckoned again only below that
ancestor: an answer in one household never touches another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from domain.forms.schema import Spec
from domain.forms.xpath.expression import Expression
from domain.forms.xpath.references import ANY, DEEP, Reference


class What(IntEnum):
    COUNT = 0  # how many instances a repeat has, reckoned at its parent
    RELEVANT = 1
    CALCULATE = 2
    CHOICES = 3  # an answer that is no longer among the choices is not there


@dataclass(eq=False, slots=True)
class Computation:
    what: What
    spec: Spec
    expression: Expression
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """`anchor`: how deep the highest node is that the path goes through (0: from the root)."""

    names: tuple[str, ...]
    anchor: int


@dataclass(frozen=True, slots=True)
class Watch:
    """From a node that changed: `up` levels to the anchor, then `down` these names to the computation's nodes."""

    computation: Computation
    up: int
    down: tuple[str, ...]


@dataclass
class Graph:
    computations: list[Computation]
    watches: list[list[Watch]]  # by Spec.number
    of: list[list[Computation]]  # those that stand at a spec, by its number
    missing: list[tuple[Computation, tuple[str, ...]]] = field(default_factory=list)
    edges: dict[Computation, set[Computation]] = field(default_factory=dict)


def reads(expression: Expression, here: tuple[str, ...]) -> list[Read]:
    return [read(one, here) for one in expression.references if one.instance is None]


def read(reference: Reference, here: tuple[str, ...]) -> Read:
    anchor = 0 if reference.absolute else len(here)
    for count in range(len(reference.steps)):
        step = reference.steps[count]
        if step.axis in ("ancestor", "ancestor-or-self", "following", "preceding"):
            anchor = 0
        before = len(Reference(reference.absolute, reference.steps[:count]).names(here))
        if step.axis in ("parent", "following-sibling", "preceding-sibling"):
            anchor = min(anchor, max(before - 1, 0))
    return Read(reference.names(here), anchor)


class Names:
    """Finds specs by their names, with "*" and "**" in them."""

    def __init__(self, root: Spec) -> None:
        self.by_names: dict[tuple[str, ...], list[Spec]] = defaultdict(list)
        self.names: dict[Spec, tuple[str, ...]] = {}
        for spec in root.below():
            names = tuple(one.name for one in reversed(list(spec.lineage())))
            self.names[spec] = names
            self.by_names[names].append(spec)

    def find(self, names: tuple[str, ...]) -> list[Spec]:
        if ANY not in names and DEEP not in names:
            return self.by_names.get(names, [])
        return [spec for known, specs in self.by_names.items() if _fits(names, known) for spec in specs]


def _fits(pattern: Sequence[str], names: Sequence[str]) -> bool:
    if not pattern:
        return not names
    if pattern[0] == DEEP:
        return any(_fits(pattern[1:], names[count:]) for count in range(len(names) + 1))
    return bool(names) and pattern[0] in (ANY, names[0]) and _fits(pattern[1:], names[1:])


def build(root: Spec) -> Graph:
    names = Names(root)
    specs = list(root.below())
    computations = [one for spec in specs for one in _computations(spec)]
    graph = Graph(computations, [[] for _ in specs], [[] for _ in specs])
    for computation in computations:
        graph.of[computation.spec.number].append(computation)
    for computation in computations:
        _watch(graph, names, computation)
    _rank(graph)
    return graph


def _computations(spec: Spec) -> Iterable[Computation]:
    if spec.repeat and spec.repeat.count:
        yield Computation(What.COUNT, spec, spec.repeat.count)
    if spec.bind.relevant:
        yield Computation(What.RELEVANT, spec, spec.bind.relevant)
    if spec.bind.calculate and spec.leaf:
        yield Computation(What.CALCULATE, spec, spec.bind.calculate)
    if spec.control and spec.control.itemset:
        yield Computation(What.CHOICES, spec, spec.control.itemset.nodes)


def names_of_places(computation: Computation, here: tuple[str, ...]) -> tuple[str, ...]:
    """The path of the fields a computation runs at: a count runs at the parent, but is read from the repeat."""
    return here[:-1] if computation.what == What.COUNT else here


def _watch(graph: Graph, names: Names, computation: Computation) -> None:
    place = computation.spec
    here = names.names[place]
    own_line = set(place.lineage())
    edges = graph.edges.setdefault(computation, set())
    for one in place.lineage():
        edges.update(before for before in graph.of[one.number] if before.what in (What.RELEVANT, What.COUNT))
    for one_read in reads(computation.expression, here):
        found = names.find(one_read.names)
        if not found and one_read.names and ANY not in one_read.names and DEEP not in one_read.names:
            graph.missing.append((computation, one_read.names))
        for target in found:
            _link(graph, computation, target, one_read.anchor, here)
            if target in own_line:
                continue  # "position(..)" looks at its own place, not at the words in it
            if not target.leaf:
                for inner in target.below():
                    _link(graph, computation, inner, one_read.anchor, here)
            elif _same_row(target, place, one_read.anchor):
                edges.update(_makers(graph, target))
    edges.discard(computation)


def _link(graph: Graph, computation: Computation, target: Spec, anchor: int, here: tuple[str, ...]) -> None:
    depth = len(list(target.lineage()))
    places = names_of_places(computation, here)
    anchor = max(min(anchor, len(places)), 1)
    watch = Watch(computation, max(depth - anchor, 0), places[anchor:])
    if watch not in graph.watches[target.number]:
        graph.watches[target.number].append(watch)


def _same_row(target: Spec, place: Spec, anchor: int) -> bool:
    """Whether the path stays in the repeat's instance it starts from; other instances make no circle."""
    shared = [one for one in place.lineage() if one.repeat and one in set(target.lineage())]
    return not shared or anchor >= len(list(shared[0].lineage()))


def _makers(graph: Graph, target: Spec) -> set[Computation]:
    """What must be worked out before this node can be read."""
    return {
        before
        for one in target.lineage()
        for before in graph.of[one.number]
        if one is target or before.what in (What.RELEVANT, What.COUNT)
    }


def _rank(graph: Graph) -> None:
    done: set[Computation] = set()
    order: list[Computation] = []
    for start in graph.computations:
        stack = [(start, _in_order(graph.edges[start]))] if start not in done else []
        done.add(start)
        while stack:
            one, rest = stack[-1]
            following = next((before for before in rest if before not in done), None)
            if following is None:
                stack.pop()
                order.append(one)
            else:
                done.add(following)
                stack.append((following, _in_order(graph.edges[following])))
    for rank, computation in enumerate(order):
        computation.rank = rank


def _in_order(computations: set[Computation]) -> Iterator[Computation]:
    return iter(sorted(computations, key=lambda one: (one.spec.number, one.what)))
