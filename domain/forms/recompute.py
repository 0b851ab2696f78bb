"""Keeps a session's nodes true: what changed is passed on to what reads it, each computation once, in their order."""

import math
from collections.abc import Callable, Iterable
from heapq import heappop, heappush

from domain.forms.fields import Field, grow, place
from domain.forms.graph import Computation, Graph, What, names_of_places
from domain.forms.schema import Spec
from domain.forms.values import several
from domain.forms.xpath.environment import Context, Environment
from domain.forms.xpath.errors import XPathError

MOST_ROUNDS = 50  # for one computation at one node in one answer; only a circle needs more


class Ledger:
    """What one answer changed, in order, without repetition."""

    def __init__(self) -> None:
        self.changed: dict[Field, None] = {}
        self.errors: dict[str, str] = {}


class Recompute:
    def __init__(
        self,
        graph: Graph,
        env: Environment,
        allowed: Callable[[Field], frozenset[str] | None],
        order: Callable[[Field], list[str]],
        cast: Callable[[Spec], Callable[[str], str]],
        most: int,
    ) -> None:
        """`allowed` gives the values of the choices now offered at a field, `order` the same in their order, `cast` how
        a spec's values are written; `most` bounds the instances of a repeat."""
        self.graph, self.env, self._allowed, self._order, self._cast = graph, env, allowed, order, cast
        self._most = most
        self._queue: list[tuple[int, int, Computation, Field]] = []
        self._queued: set[tuple[int, Field]] = set()
        self._number = 0
        self._rounds: dict[tuple[int, Field], int] = {}
        self._running: tuple[int, Field] | None = None
        self.ledger = Ledger()
        self.on_value: Callable[[Field], None] = lambda _field: None
        self.on_new_instance: Callable[[Field], None] = lambda _field: None

    # What others tell

    def begin(self) -> Ledger:
        self.ledger = Ledger()
        self._rounds.clear()
        return self.ledger

    def store(self, field: Field, value: str) -> None:
        """A new value, whoever says it; `settle` follows."""
        if field.base != value:
            field.base = value
            self.show(field)

    def show(self, field: Field) -> None:
        """Brings what expressions read in line with value, relevance and choices; tells the readers if it changed."""
        words = field.base if field.relevant else ""
        if words and field.spec.control and field.spec.control.tag in ("select", "select1", "rank"):
            words = self._offered(field, words)
        if words != field.content:
            field.say(words)
            self.ledger.changed[field] = None
            self.on_value(field)
            self._tell(field)

    def everything(self, field: Field) -> None:
        """Puts all computations at this field and below into the queue."""
        for one in field.below():
            for computation in self.graph.of[one.spec.number]:
                if computation.what != What.COUNT:
                    self.enqueue(computation, one)
            for child in one.spec.children:
                for computation in self.graph.of[child.number]:
                    if computation.what == What.COUNT:
                        self.enqueue(computation, one)

    def settle(self) -> None:
        while self._queue:
            _, _, computation, field = heappop(self._queue)
            key = (computation.rank, field)
            self._queued.discard(key)
            rounds = self._rounds[key] = self._rounds.get(key, 0) + 1
            if rounds > MOST_ROUNDS:
                continue
            self._running = key
            self._run(computation, field)
        self._running = None

    def enqueue(self, computation: Computation, field: Field) -> None:
        key = (computation.rank, field)
        if key not in self._queued and key != self._running:
            self._queued.add(key)
            self._number += 1
            heappush(self._queue, (computation.rank, self._number, computation, field))

    def _tell(self, field: Field) -> None:
        for watch in self.graph.watches[field.spec.number]:
            anchor = field.up(watch.up)
            if not watch.down:
                self.enqueue(watch.computation, anchor)
                continue
            for reader in anchor.reach(watch.down):
                self.enqueue(watch.computation, reader)

    # What is worked out

    def _run(self, computation: Computation, field: Field) -> None:
        try:
            if computation.what == What.RELEVANT:
                self._relevance(field, computation.expression.boolean(Context(field, self.env)))
            elif computation.what == What.CALCULATE:
                if field.relevant:
                    self.store(field, self._cast(field.spec)(computation.expression.string(Context(field, self.env))))
            elif computation.what == What.CHOICES:
                if field.base:
                    self.show(field)
            else:
                self._count(computation, field)
        except (XPathError, RecursionError) as error:
            self.ledger.errors[field.reference] = str(error)

    def _relevance(self, field: Field, own: bool) -> None:
        if own != field.own:
            field.own = own
            self.spread(field)

    def spread(self, field: Field) -> None:
        """Relevance goes down the tree; what comes back is reckoned again."""
        parent = field.parent
        relevant = field.own and (parent.relevant if isinstance(parent, Field) else True)
        if relevant == field.relevant:
            return
        field.relevant = relevant
        self.ledger.changed[field] = None
        if field.spec.leaf:
            self.show(field)
            if relevant:
                for computation in self.graph.of[field.spec.number]:
                    if computation.what in (What.CALCULATE, What.CHOICES):
                        self.enqueue(computation, field)
            return
        for child in field.children:
            if isinstance(child, Field):
                self.spread(child)

    def _offered(self, field: Field, words: str) -> str:
        allowed = self._allowed(field)
        if allowed is None:
            return words
        if field.spec.control and field.spec.control.tag == "select1":
            return words if words in allowed else ""
        kept = [word for word in several(words).split() if word in allowed]
        if field.spec.control and field.spec.control.tag == "rank":
            kept.extend(word for word in self._order(field) if word not in kept)
        return " ".join(kept)

    # Repeats

    def _count(self, computation: Computation, parent: Field) -> None:
        place_to_be = Field(computation.spec, parent)  # the count is read from the repeat itself, be there one or none
        wanted = computation.expression.number(Context(place_to_be, self.env))
        if math.isnan(wanted):
            return  # nothing said yet: what is there stays
        number = int(max(0, min(wanted, self._most)))
        rows = parent.rows(computation.spec)
        if number > len(rows):
            self.insert(parent, computation.spec, len(rows), number - len(rows))
        for row in reversed(rows[number:]):
            self.remove(parent, row)

    def insert(self, parent: Field, spec: Spec, after: int, how_many: int = 1) -> list[Field]:
        """New instances behind number `after`."""
        new = []
        for number in range(after + 1, after + how_many + 1):
            field = grow(spec.draft(number), parent)
            place(parent, spec, field, number)
            new.append(field)
        for field in new:
            self.settle_in(field)
        self._moved(parent, spec)
        for field in new:
            self.on_new_instance(field)
        return new

    def settle_in(self, field: Field) -> None:
        """A new field learns what it inherits, and its values are shown."""
        for one in field.below():
            above = one.parent
            one.relevant = one.own and (above.relevant if isinstance(above, Field) else True)
        for one in field.below():
            if one.spec.leaf:
                one.base = self._cast(one.spec)(one.base) if one.base else ""
                self.show(one)
        self.everything(field)

    def remove(self, parent: Field, field: Field) -> None:
        parent.remove(field)
        self._queued = {key for key in self._queued if key[1].top is self.env.root}
        self._queue = [entry for entry in self._queue if (entry[0], entry[3]) in self._queued]
        self._queue.sort()
        self._moved(parent, field.spec)

    def _moved(self, parent: Field, spec: Spec) -> None:
        """Whoever counts, sums or looks at numbers of instances must look again."""
        depth = len(list(parent.spec.lineage()))
        for inner in spec.below():
            inner_depth = len(list(inner.lineage()))
            for watch in self.graph.watches[inner.number]:
                anchor_depth = inner_depth - watch.up
                if anchor_depth <= depth:
                    readers: Iterable[Field] = parent.up(depth - anchor_depth).reach(watch.down)
                else:
                    names = tuple(one.name for one in reversed(list(watch.computation.spec.lineage())))
                    readers = parent.reach(names_of_places(watch.computation, names)[depth:])
                for reader in readers:
                    self.enqueue(watch.computation, reader)
