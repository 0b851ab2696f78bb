"""XML into a tree, without what XML can do to a reader: entities and anything outside the file are refused."""

from __future__ import annotations

from xml.parsers import expat  # entities and everything external are refused below

from domain.forms.tree import COMMENT, DOCTYPE, DOCUMENT, ELEMENT, INSTRUCTION, NONE, TEXT, Node

DEEPEST = 200  # levels; no form is so deep, and walking a tree recurses
XML = "http://www.w3.org/XML/1998/namespace"


class NotXML(ValueError):
    """The file cannot be read as XML; says the line and what is wrong."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"Line {line}: {reason}")


def parse(xml: str | bytes) -> Node:
    """The document node; its children are the root element and what stands beside it. Raises NotXML."""
    return _Reader().read(xml)


class _Reader:
    def __init__(self) -> None:
        self._at = self._document = Node("", kind=DOCUMENT)
        self._document.content = None
        self._depth = 0
        self._declared: dict[str, str] = {}
        self._words: list[str] = []
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words.append
        parser.CommentHandler = lambda words: self._leaf(COMMENT, "", words)
        parser.ProcessingInstructionHandler = lambda target, words: self._leaf(INSTRUCTION, target, words)
        parser.StartCdataSectionHandler = self._flush  # a CDATA section is a node of its own, as in the DOM
        parser.EndCdataSectionHandler = self._flush
        parser.StartDoctypeDeclHandler = lambda name, *_where: self._leaf(DOCTYPE, name, "")
        parser.StartNamespaceDeclHandler = lambda prefix, uri: self._declared.update({prefix or "": uri or ""})
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse

    def read(self, xml: str | bytes) -> Node:
        try:
            self._parser.Parse(xml.lstrip() if isinstance(xml, str) else xml.lstrip(b" \t\r\n"), True)
        except expat.ExpatError as error:
            raise NotXML(error.lineno, f"{expat.ErrorString(error.code)}.") from None
        return self._document

    def _fail(self, reason: str) -> NotXML:
        return NotXML(self._parser.CurrentLineNumber, reason)

    def _refuse(self, *_declaration: object) -> int:
        raise self._fail("The file declares entities; remove them and write the words themselves.")

    def _start(self, tag: str, attributes: list[str]) -> None:
        self._flush()
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fail(f"More than {DEEPEST} elements inside each other.")
        namespace, name, prefix = _split(tag)
        node = Node(name, namespace=namespace, prefix=prefix, parent=self._at)
        if self._declared:
            node.namespaces, self._declared = self._declared, {}
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            space, local, before = _split(key)
            node.set_attribute(local, value, namespace=space, prefix=before)
        self._add(node)
        self._at.content = None
        self._at = node

    def _end(self, _tag: str) -> None:
        self._flush()
        self._depth -= 1
        parent = self._at.parent
        if parent is not None:
            self._at = parent

    def _flush(self) -> None:
        if self._words:
            words = "".join(self._words)
            self._words.clear()
            self._leaf(TEXT, "", words)

    def _leaf(self, kind: int, name: str, words: str) -> None:
        if self._words:
            self._flush()
        at = self._at
        self._add(Node(name, words, kind=kind, parent=at))
        if kind == TEXT and at.kind == ELEMENT and at.content is not None:
            at.content += words

    def _add(self, node: Node) -> None:
        if self._at.children is NONE:
            self._at.children = []
        self._at.children.append(node)


def _split(tag: str) -> tuple[str | None, str, str | None]:
    """The namespace, local name and prefix; expat joins them by spaces."""
    parts = tag.split(" ")
    if len(parts) == 1:
        return None, tag, None
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ("xml" if parts[0] == XML else None)
