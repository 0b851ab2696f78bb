"""Which places of the form an expression reads, so that it is worked out again only when one of them changed."""

from __future__ import annotations

from dataclasses import dataclass

ANY, DEEP = "*", "**"
_ALL = frozenset(["*", "node()", "text()", "comment()", "instruction()"])


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. `name` is a local name, "*" for any element, or a kind of node such as "node()"."""

    axis: str
    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A path that is read. From the root where `absolute`, in a secondary instance where `instance` names one
    (then the steps go from that instance's node), otherwise from the node at which the expression is evaluated.

    Predicates are left out; what they read are references of their own, whose steps lead through the path before them.
    """

    absolute: bool
    steps: tuple[Step, ...]
    instance: str | None = None

    def names(self, here: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The names from the root down, for an expression at the element of the path `here` (("data", "group", "q")).

        "*" stands for one element of any name and "**" for any number of elements, none among them: ("**", "age") is
        every age, ("data", "**") all that lies in data. A step up beyond the root stays there. Attributes read as the
        element that holds them.
        """
        found = [] if self.absolute or self.instance is not None else list(here)
        for step in self.steps:
            _walk(found, step)
        return tuple(found)

    def then(self, *steps: Step) -> Reference:
        return Reference(self.absolute, (*self.steps, *steps), self.instance)


def _walk(found: list[str], step: Step) -> None:
    if step.axis == "child" and step.name != "text()":
        found.append(ANY if step.name == "node()" else step.name)
    elif step.axis == "parent":
        if found and found[-1] != DEEP:
            found.pop()
    elif step.axis in ("following-sibling", "preceding-sibling"):
        if found and found[-1] != DEEP:
            found[-1] = ANY if step.name == "node()" else step.name
    elif step.axis in ("descendant", "descendant-or-self"):
        if not found or found[-1] != DEEP:
            found.append(DEEP)
        if step.name not in _ALL:
            found.append(step.name)
    elif step.axis in ("ancestor", "ancestor-or-self", "following", "preceding"):
        found[:] = [DEEP]
