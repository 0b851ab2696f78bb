"""The body of a form: which nodes are asked, how, with which words and choices, and in which groups and repeats."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.forms.texts import Saying, Texts
from domain.forms.tree import Node
from domain.forms.xform import elements, javarosa, path_of
from domain.forms.xpath.expression import Expression

CONTROLS = frozenset("input secret select select1 upload trigger range rank".split())
KNOWN = CONTROLS | frozenset("group repeat label hint setvalue setgeopoint action recordaudio".split())
PARAMETERS = ("start", "end", "step", "accuracyThreshold", "unacceptableAccuracyThreshold", "rows", "query")


@dataclass(frozen=True)
class Itemset:
    """Choices from nodes; `value` and `label` are read from each of them."""

    nodes: Expression
    value: Expression
    label: Saying | None


@dataclass(frozen=True)
class Item:
    value: str
    label: Saying | None


@dataclass(frozen=True)
class Control:
    path: str
    tag: str
    appearance: tuple[str, ...]
    label: Saying | None
    hint: Saying | None
    items: tuple[Item, ...]
    itemset: Itemset | None
    media: str  # of an upload: "image/*"
    parameters: dict[str, str]


@dataclass(frozen=True)
class Group:
    path: str
    appearance: tuple[str, ...]
    label: Saying | None


@dataclass(frozen=True)
class Repeat:
    """`count` is None where the person says how many; `fixed` where nobody may add or remove."""

    path: str
    appearance: tuple[str, ...]
    label: Saying | None
    count: Expression | None
    fixed: bool


@dataclass
class Body:
    controls: dict[str, Control] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    repeats: dict[str, Repeat] = field(default_factory=dict)
    actions: list[tuple[Node, str]] = field(default_factory=list)  # setvalue and such, and the control they stand in
    strange: list[tuple[str, str]] = field(default_factory=list)  # elements nobody knows: path and name


class BodyReader:
    def __init__(self, make: Callable[[str, str], Expression], texts: Texts, ids: dict[str, str]) -> None:
        """`ids` leads from a bind's id to its path, for controls that name their bind."""
        self.make, self.texts, self.ids, self.body = make, texts, ids, Body()

    def read(self, body: Node, root: str) -> Body:
        self._children(body, root)
        return self.body

    def _children(self, parent: Node, path: str) -> None:
        for element in parent.elements:
            if element.name == "group":
                self._group(element, path)
            elif element.name == "repeat":
                self._repeat(element, path, None)
            elif element.name in CONTROLS:
                self._control(element, path)
            elif element.name in ("setvalue", "setgeopoint"):
                self.body.actions.append((element, path))
            elif element.name not in KNOWN:
                self.body.strange.append((path, element.name))

    def _path(self, element: Node, parent: str) -> str:
        reference = element.attribute("ref") or element.attribute("nodeset")
        if reference:
            return path_of(reference, parent)
        return self.ids.get(element.attribute("bind") or "", parent)

    def _group(self, element: Node, parent: str) -> None:
        path = self._path(element, parent)
        label, repeats = self._words(element, "label", path), elements(element, "repeat")
        if repeats and len([one for one in element.elements if one.name not in ("label", "repeat")]) == 0:
            for repeat in repeats:
                self._repeat(repeat, parent, element)
            return
        if path != parent or element.attribute("ref"):
            self.body.groups[path] = Group(path, _appearance(element), label)
        self._children(element, path)

    def _repeat(self, element: Node, parent: str, group: Node | None) -> None:
        path = self._path(element, parent)
        label = self._words(group, "label", path) if group else None
        count = javarosa(element, "count")
        self.body.repeats[path] = Repeat(
            path,
            _appearance(element) or (_appearance(group) if group else ()),
            label,
            self.make(count, path) if count else None,
            (javarosa(element, "noAddRemove") or "").strip() == "true()",
        )
        self._children(element, path)

    def _words(self, element: Node, name: str, path: str) -> Saying | None:
        found = elements(element, name)
        return self.texts.saying(found[0], path) if found else None

    def _control(self, element: Node, parent: str) -> None:
        path = self._path(element, parent)
        sets = elements(element, "itemset")
        self.body.controls[path] = Control(
            path,
            element.name,
            _appearance(element),
            self._words(element, "label", path),
            self._words(element, "hint", path),
            tuple(Item(_value(one), self._words(one, "label", path)) for one in elements(element, "item")),
            self._itemset(sets[0], path) if sets else None,
            element.attribute("mediatype") or "",
            {one.name: one.text for one in element.attributes if one.name in PARAMETERS},
        )
        self.body.actions.extend((one, path) for one in element.elements if one.name in ("setvalue", "setgeopoint"))
        self.body.strange.extend(
            (path, one.name)
            for one in element.elements
            if one.name not in KNOWN and one.name not in ("item", "itemset", "value", "alert", "help")
        )

    def _itemset(self, element: Node, path: str) -> Itemset:
        value, label = elements(element, "value"), elements(element, "label")
        reference = (value[0].attribute("ref") if value else None) or "."
        return Itemset(
            self.make(element.attribute("nodeset") or "", path),
            self.make(reference, ""),
            self.texts.saying(label[0], "") if label else None,
        )


def _appearance(element: Node) -> tuple[str, ...]:
    return tuple((element.attribute("appearance") or "").split())


def _value(item: Node) -> str:
    found = elements(item, "value")
    return found[0].text.strip() if found else ""
