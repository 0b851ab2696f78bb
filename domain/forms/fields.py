"""The nodes of one session: what each holds, and whether it is relevant now."""

from collections.abc import Iterator

from domain.forms.schema import Draft, Spec
from domain.forms.tree import NONE, TEXT, Node


class Field(Node):
    """`base` is what was answered or reckoned, kept while the node is not relevant; `text` is what expressions read.
    `own` is its own relevance, `relevant` includes that of all above it."""

    __slots__ = ("base", "own", "relevant", "spec")

    def __init__(self, spec: Spec, parent: "Field | None") -> None:
        super().__init__(spec.name, namespace=spec.namespace, prefix=spec.prefix, parent=parent)
        self.spec = spec
        self.base = ""
        self.own = self.relevant = True

    def say(self, words: str) -> None:
        """As `text = words`, for a leaf."""
        self.content = words
        self.children = [Node("", words, kind=TEXT, parent=self)] if words else NONE

    @property
    def inner(self) -> "list[Field]":
        return [child for child in self.children if isinstance(child, Field)]

    def below(self) -> "Iterator[Field]":
        yield self
        for child in self.children:
            if isinstance(child, Field):
                yield from child.below()

    def up(self, levels: int) -> "Field":
        field: Field = self
        for _ in range(levels):
            parent = field.parent
            if not isinstance(parent, Field):
                break
            field = parent
        return field

    def rows(self, spec: Spec) -> "list[Field]":
        """The children that are instances of this spec."""
        return [child for child in self.named(spec.name) if isinstance(child, Field) and child.spec is spec]

    def reach(self, names: tuple[str, ...]) -> "list[Field]":
        """All fields down this path of names."""
        found: list[Node] = [self]
        for name in names:
            found = found[0].named(name) if len(found) == 1 else [inner for one in found for inner in one.named(name)]
        return found  # type: ignore[return-value]  # in the primary instance all elements are fields

    @property
    def reference(self) -> str:
        parts: list[str] = []
        field: Node | None = self
        while isinstance(field, Field):
            name = field.spec.tail
            parts.append(f"{name}[{field.position}]" if field.spec.repeat else name)
            field = field.parent
        return "".join(reversed(parts))


def grow(draft: Draft, parent: Field | None, *, values: bool = True) -> Field:
    """A field and all below it from a draft. A node that is not relevant yet is shown as relevant until reckoned."""
    spec = draft.spec
    field = Field(spec, parent)
    for attribute in draft.source.attributes:
        if attribute.name != "template":
            field.set_attribute(attribute.name, attribute.text, namespace=attribute.namespace, prefix=attribute.prefix)
    if draft.children:
        field.children = [grow(child, field, values=values) for child in draft.children]
        field.content = None
    elif not spec.leaf:
        field.content = None
    elif values and draft.value:
        field.base = draft.value
    return field


def place(parent: Field, spec: Spec, field: Field, number: int) -> None:
    """Puts a repeat's instance in as number `number` (from 1): behind its predecessor, or where the form has it."""
    rows = parent.rows(spec)
    if rows and number > 1:
        parent.insert_after(rows[min(number - 1, len(rows)) - 1], field)
        return
    later = {id(one) for one in parent.spec.children[parent.spec.children.index(spec) :]}
    at = next(
        (i for i, child in enumerate(parent.children) if isinstance(child, Field) and id(child.spec) in later), None
    )
    parent.insert(len(parent.children) if at is None else at, field)
