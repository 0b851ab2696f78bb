"""The shape of the answers: one Spec for each node of the primary instance, and the drafts instances are made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.forms.binds import Bind
from domain.forms.controls import Body, Control, Group, Repeat
from domain.forms.tree import Node
from domain.forms.xform import JAVAROSA, OPENROSA, Document


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
    given: int = 0  # how many instances the form itself defines

    @property
    def leaf(self) -> bool:
        return not self.children

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
            spec.number = number
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
        for spec in parent.children:
            spec.given = max(spec.given, sum(draft.spec is spec for draft in drafts))
        return drafts

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
        if any(child.name == "meta" for child in root.spec.children):
            return []
        meta = self._spec("meta", "orx", OPENROSA, root.spec)
        number = self._spec("instanceID", "orx", OPENROSA, meta)
        number.bind = number.bind.with_preload("uid")
        inner = Draft(number, "", Node("instanceID"), [])
        return [Draft(meta, "", Node("meta"), [inner])]


def _blank(draft: Draft) -> Draft:
    """A copy without values. Nested repeats keep what is given in them."""
    return Draft(draft.spec, "", draft.source, [_blank(child) for child in draft.children])
