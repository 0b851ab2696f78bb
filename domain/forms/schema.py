"""The shape of the answers: one Spec for each node of the primary instance, and the drafts instances are made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.forms.binds import Bind
from domain.forms.controls import Body, Control, Group, Repeat
from domain.forms.tree import Node
from domain.forms.xform import JAVAROSA, OPENROSA, XFORMS, Document


@dataclass(eq=False, slots=True)
class Spec:
    """What all instances of a node have in common."""

    path: str
    name: str
    prefix: str | None
    namespace: str | None
    parent: "Spec | None"
    bind: Bind
    control: Control | None
    group: Group | None
    repeat: Repeat | None
    number: int = 0  # in the form's order
    children: list["Spec"] = field(default_factory=list)
    template: "Draft | None" = None  # a repeat's new instance
    given: list["Draft"] = field(default_factory=list)  # the instances that the form itself defines
    leaf: bool = False  # holds a value
    tail: str = ""  # the last step of its path: "/age"

    def draft(self, number: int) -> "Draft":
        """What a repeat's instance number `number` (from 1) begins with, where the form counts for itself."""
        found = (
            self.given[number - 1] if self.repeat and self.repeat.count and number <= len(self.given) else self.template
        )
        if found is None:
            raise ValueError(f"{self.path} is no repeat")
        return found

    def lineage(self) -> Iterator["Spec"]:
        """The node itself, its parent, and so on to the root."""
        one: Spec | None = self
        while one is not None:
            yield one
            one = one.parent

    def below(self) -> Iterator["Spec"]:
        yield self
        for child in self.children:
            yield from child.below()


@dataclass(eq=False, slots=True)
class Draft:
    """A node as the form defines it: what a new one begins with."""

    spec: Spec
    value: str
    source: Node  # its attributes, as the form writes them
    children: list["Draft"]


class Builder:
    """Reads the primary instance into specs and drafts."""

    def __init__(self, document: Document, binds: dict[str, Bind], body: Body) -> None:
        self.document, self.binds, self.body = document, binds, body
        self.specs: dict[str, Spec] = {}

    def root(self) -> Draft:
        draft = self._draft(self.document.primary, None)
        draft.children.extend(self._meta(draft))
        for number, spec in enumerate(draft.spec.below()):
            spec.number, spec.leaf = number, not spec.children and spec.repeat is None
            spec.tail = f"/{spec.path.rpartition('/')[2]}"
        return draft

    def _draft(self, element: Node, parent: Spec | None) -> Draft:
        spec = self._spec(element.name, element.prefix, element.namespace, parent)
        children = element.elements
        return Draft(spec, "" if children else element.text, element, self._children(children, spec))

    def _children(self, elements: list[Node], parent: Spec) -> list[Draft]:
        drafts: list[Draft] = []
        for element in elements:
            draft = self._draft(element, parent)
            if draft.spec.repeat and self._is_template(draft, element):
                continue
            drafts.append(draft)
        return [draft for draft in drafts if not self._counted(draft)] + self._at_least_one(parent, drafts)

    @staticmethod
    def _counted(draft: Draft) -> bool:
        """Instances that are counted come when the count is known."""
        spec = draft.spec
        if not spec.repeat or not spec.repeat.count:
            return False
        spec.given.append(draft)
        return True

    @staticmethod
    def _at_least_one(parent: Spec, drafts: list[Draft]) -> list[Draft]:
        """Of a repeat that nobody may add to and of which the form has a template only."""
        return [
            spec.template
            for spec in parent.children
            if spec.repeat and spec.repeat.fixed and spec.template and all(draft.spec is not spec for draft in drafts)
        ]

    @staticmethod
    def _is_template(draft: Draft, element: Node) -> bool:
        """An explicit template is only copied; without one, the first instance serves as a template too."""
        explicit = any(one.name == "template" and one.namespace == JAVAROSA for one in element.attributes)
        if draft.spec.template is None:
            draft.spec.template = draft if explicit else _blank(draft)
        return explicit

    def _spec(self, name: str, prefix: str | None, namespace: str | None, parent: Spec | None) -> Spec:
        path = f"{parent.path if parent else ''}/{f'{prefix}:{name}' if prefix else name}"
        if path in self.specs:
            return self.specs[path]
        bind = self.binds.get(path) or Bind(path)
        body = self.body
        spec = Spec(
            path,
            name,
            prefix,
            namespace,
            parent,
            bind,
            body.controls.get(path),
            body.groups.get(path),
            body.repeats.get(path),
        )
        self.specs[path] = spec
        if parent:
            parent.children.append(spec)
        return spec

    def _meta(self, root: Draft) -> list[Draft]:
        """Every submission carries an instanceID, also where the form's author left it out."""
        for group in root.children:
            if group.spec.name == "meta" and group.spec.namespace in (OPENROSA, XFORMS):
                if all(child.name != "instanceID" for child in group.spec.children):
                    group.children.append(self._number(group.spec, group.spec.prefix, group.spec.namespace))
                return []
        declared = self.document.primary.scope().items()
        prefix = next((prefix for prefix, uri in declared if uri == OPENROSA and prefix), None)
        meta = self._spec("meta", prefix, OPENROSA, root.spec)
        return [Draft(meta, "", Node("meta"), [self._number(meta, prefix, OPENROSA)])]

    def _number(self, meta: Spec, prefix: str | None, namespace: str | None) -> Draft:
        spec = self._spec("instanceID", prefix, namespace, meta)
        spec.bind = spec.bind.with_preload("uid")
        return Draft(spec, "", Node("instanceID"), [])


def _blank(draft: Draft) -> Draft:
    """A copy without values. Nested repeats keep what is given in them."""
    return Draft(draft.spec, "", draft.source, [_blank(child) for child in draft.children])
