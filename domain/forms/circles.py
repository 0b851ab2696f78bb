"""Computations that wait for each other."""

from domain.forms.graph import Computation, Graph


def circles(graph: Graph) -> list[list[Computation]]:
    """The sets of computations that lead back to themselves (Tarjan's strongly connected components)."""
    return _Search(graph).rings()


class _Search:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.number: dict[Computation, int] = {}
        self.low: dict[Computation, int] = {}
        self.open: list[Computation] = []
        self.is_open: set[Computation] = set()
        self.found: list[list[Computation]] = []

    def rings(self) -> list[list[Computation]]:
        for one in self.graph.computations:
            if one not in self.number:
                self._search(one)
        return self.found

    def _search(self, start: Computation) -> None:
        """Without recursion: a chain of calculations may be thousands long."""
        work = [(start, iter(self._enter(start)))]
        while work:
            one, rest = work[-1]
            deeper = None
            for before in rest:
                if before not in self.number:
                    deeper = before
                    break
                if before in self.is_open:
                    self.low[one] = min(self.low[one], self.number[before])
            if deeper is not None:
                work.append((deeper, iter(self._enter(deeper))))
                continue
            work.pop()
            if work:
                self.low[work[-1][0]] = min(self.low[work[-1][0]], self.low[one])
            self._close(one)

    def _enter(self, one: Computation) -> set[Computation]:
        self.number[one] = self.low[one] = len(self.number)
        self.open.append(one)
        self.is_open.add(one)
        return self.graph.edges[one]

    def _close(self, one: Computation) -> None:
        if self.low[one] != self.number[one]:
            return
        ring = []
        while True:
            last = self.open.pop()
            self.is_open.discard(last)
            ring.append(last)
            if last is one:
                break
        if len(ring) > 1:
            self.found.append(ring)
