"""The tree that XPath walks: light nodes, quick to step through by name and to count among equals.

An element that holds words only keeps them in `content` too, so that reading an answer is one attribute away. Change a
tree only through `text`, `append`, `insert` and `remove`: they keep the index of names and the positions right.
"""

from __future__ import annotations

from collections.abc import Iterator

DOCUMENT, ELEMENT, ATTRIBUTE, TEXT, COMMENT, INSTRUCTION, DOCTYPE, NAMESPACE = range(8)

NONE: list[Node] = []  # the empty node-set; shared, so never changed


class Node:
    """An element, or another kind of node (`kind`). Its attributes and children are nodes too.

    * `name` is the local name, `prefix` what stood before the colon, `namespace` its URI (None: in no namespace).
    * `content` is what a text, attribute, comment or instruction says; of an element the words where it holds nothing
      but words ("" where it is empty), and None where it has elements.
    * `children` and `attributes` are in document order. Read them; never change the lists.
    * `data` is free for whoever builds on the tree (the form engine's own state of this node).
    """

    __slots__ = (
        "children",
        "content",
        "data",
        "held",
        "index",
        "kind",
        "name",
        "namespace",
        "namespaces",
        "parent",
        "place",
        "prefix",
    )

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        namespace: str | None = None,
        prefix: str | None = None,
        kind: int = ELEMENT,
        parent: Node | None = None,
    ) -> None:
        self.kind, self.name, self.namespace, self.prefix, self.parent = kind, name, namespace, prefix, parent
        self.children: list[Node] = NONE
        self.content: str | None = text
        self.namespaces: dict[str, str] | None = None  # prefix to URI, as declared on this very element
        self.data: object = None
        self.held: dict[str, Node] | None = None
        self.index: dict[str, list[Node]] | None = None
        self.place = 0
        if text and kind == ELEMENT:
            self.children = [Node("", text, kind=TEXT, parent=self)]

    @property
    def text(self) -> str:
        """The string value: all the words inside, joined. Setting it puts these words in place of all children."""
        content = self.content
        return content if content is not None else "".join(node.content or "" for node in self.words())

    @text.setter
    def text(self, words: str) -> None:
        self.content = words
        if self.kind == ELEMENT:
            self.children = [Node("", words, kind=TEXT, parent=self)] if words else NONE
            self.index = None

    def words(self) -> Iterator[Node]:
        """The text nodes inside, in order."""
        for child in self.children:
            if child.kind == TEXT:
                yield child
            elif child.kind == ELEMENT:
                yield from child.words()

    @property
    def qualified(self) -> str:
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def attributes(self) -> list[Node]:
        return list(self.held.values()) if self.held else NONE

    def attribute(self, qualified: str) -> str | None:
        """What the attribute says: `id`, or `jr:count` with the prefix as it was written; None where there is none."""
        node = self.held.get(qualified) if self.held else None
        return node.content if node is not None else None

    def set_attribute(self, name: str, value: str, *, namespace: str | None = None, prefix: str | None = None) -> Node:
        node = Node(name, value, namespace=namespace, prefix=prefix, kind=ATTRIBUTE, parent=self)
        if self.held is None:
            self.held = {}
        self.held[node.qualified] = node
        return node

    def remove_attribute(self, qualified: str) -> None:
        if self.held:
            self.held.pop(qualified, None)

    @property
    def elements(self) -> list[Node]:
        """The children that are elements."""
        return [child for child in self.children if child.kind == ELEMENT]

    def named(self, name: str) -> list[Node]:
        """The child elements of this local name, in order; kept, so that it costs one look-up. Never change it."""
        found = self.index
        if found is None:
            found = self.reindex()
        return found.get(name, NONE)

    def child(self, name: str) -> Node | None:
        """The first child element of this local name."""
        found = self.named(name)
        return found[0] if found else None

    @property
    def position(self) -> int:
        """From 1: which one it is in its row of siblings of the same name (a repeat's number). 1 without a parent."""
        parent = self.parent
        if parent is None or self.kind != ELEMENT:
            return 1
        if parent.index is None:
            parent.reindex()
        return self.place

    def reindex(self) -> dict[str, list[Node]]:
        """Counts the children by name anew; `named` and `position` do so when it is needed."""
        named: dict[str, list[Node]] = {}
        row, name = 0, ""
        for node in self.children:
            if node.kind == ELEMENT:
                row = row + 1 if node.name == name else 1
                name, node.place = node.name, row
                named.setdefault(name, []).append(node)
        self.index = named
        return named

    def append(self, child: Node) -> Node:
        return self.insert(len(self.children), child)

    def insert(self, at: int, child: Node) -> Node:
        """Puts the child before the child that is now number `at` of all nodes, and gives it back."""
        if self.children is NONE:
            self.children = []
        self.children.insert(at, child)
        child.parent = self
        self._changed()
        return child

    def insert_after(self, sibling: Node, child: Node) -> Node:
        return self.insert(self.children.index(sibling) + 1, child)

    def remove(self, child: Node) -> None:
        self.children.remove(child)
        child.parent = None
        self._changed()

    def _changed(self) -> None:
        self.index = None
        if self.kind == ELEMENT:
            inner = any(node.kind == ELEMENT for node in self.children)
            self.content = None if inner else "".join(node.content or "" for node in self.words())

    def copy(self) -> Node:
        """The same again with everything inside, without a parent and without `data`."""
        twin = Node(self.name, namespace=self.namespace, prefix=self.prefix, kind=self.kind)
        twin.content, twin.namespaces = self.content, self.namespaces
        if self.held:
            twin.held = {name: node.copy() for name, node in self.held.items()}
            for node in twin.held.values():
                node.parent = twin
        if self.children:
            twin.children = [child.copy() for child in self.children]
            for child in twin.children:
                child.parent = twin
        return twin

    def walk(self) -> Iterator[Node]:
        """This node and all nodes inside, attributes aside, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        """The parent first, the root last."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def top(self) -> Node:
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def scope(self) -> dict[str, str]:
        """The namespace declarations that hold here: prefix ("" for the default one) to URI."""
        found: dict[str, str] = {}
        for node in (self, *self.ancestors()):
            for prefix, uri in (node.namespaces or {}).items():
                found.setdefault(prefix, uri)
        return found

    def __repr__(self) -> str:
        return f"<{self.qualified or self.kind} {self.content!r}>"
