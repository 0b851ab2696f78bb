"""Words with what they take from answers, in every language the form has, and the pictures and sounds beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.forms.expressions import Expressions
from domain.forms.tree import ELEMENT, TEXT, Node
from domain.forms.xform import elements
from domain.forms.xpath.environment import Context
from domain.forms.xpath.errors import XPathError
from domain.forms.xpath.expression import Expression

Part = str | Expression
ITEXT = re.compile(r"\s*jr:itext\((.*)\)\s*", re.DOTALL)
LITERAL = re.compile(r"""(['"])([^'"]*)\1""")
MEDIA = frozenset(("image", "big-image", "audio", "video"))
BLANK = "…"  # stands for an answer where there is no session


@dataclass(frozen=True)
class Wording:
    """One text in one language: the plain words, other forms (long, short, guidance) and media files."""

    parts: tuple[Part, ...] = ()
    forms: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    whole: tuple[Part, ...] = ()  # all of them, one after the other

    def words(self) -> tuple[Part, ...]:
        return self.parts or self.forms.get("long") or self.forms.get("short") or ()


NOTHING = Wording()


@dataclass(frozen=True)
class Spoken:
    text: str = ""
    guidance: str = ""
    media: Mapping[str, str] = field(default_factory=dict)


SILENCE = Spoken()


class Saying:
    """A label, hint or message: its own words, or those of an id in the languages' table, or those of a node."""

    __slots__ = ("_key", "_parts", "_table", "_which")

    def __init__(
        self, parts: Sequence[Part], table: "Texts", key: str | None = None, which: Expression | None = None
    ) -> None:
        self._parts, self._table, self._key, self._which = tuple(parts), table, key, which

    def entry(self, language: str, context: Context | None) -> Wording:
        if self._which is not None:
            return self._table.entry(self._which.string(context), language) if context else NOTHING
        if self._key is not None:
            return self._table.entry(self._key, language)
        return Wording(self._parts)

    def text(self, language: str, context: Context | None) -> str:
        """Without a context what comes from answers is shown as "…"."""
        return _join(self.entry(language, context).words(), context)

    def lasting(self, language: str, context: Context) -> bool:
        """Whether no answer is in it."""
        return all(isinstance(part, str) for part in self.entry(language, context).words())

    def whole(self, language: str, context: Context) -> str:
        """As the reference engine joins them: short and long forms too."""
        entry = self.entry(language, context)
        return _join(entry.whole or entry.words(), context)

    def spoken(self, language: str, context: Context) -> Spoken:
        entry = self.entry(language, context)
        guidance = _join(entry.forms.get("guidance", ()), context)
        return Spoken(_join(entry.words(), context).strip(), guidance.strip(), entry.media)

    def expressions(self) -> list[Expression]:
        parts = list(self._parts)
        if self._key is not None:
            parts.extend(part for entry in self._table.all(self._key) for part in entry.words())
        return [part for part in parts if not isinstance(part, str)] + ([self._which] if self._which else [])


def _join(parts: Sequence[Part], context: Context | None) -> str:
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return "".join(part if isinstance(part, str) else _spoken(part, context) for part in parts)


def _spoken(part: Expression, context: Context | None) -> str:
    if context is None:
        return BLANK
    try:
        return part.string(context)
    except XPathError:
        return ""


class Texts:
    """The form's itext: languages in its order, and for each an entry by id."""

    def __init__(self, model: Node, expressions: Expressions) -> None:
        self.expressions = expressions
        self._entries: dict[str, dict[str, Wording]] = {}
        self.default = ""
        for itext in elements(model, "itext"):
            for translation in elements(itext, "translation"):
                self._translation(translation)
        self.default = self.default or next(iter(self._entries), "")
        self.languages = tuple(self._entries)

    def _translation(self, translation: Node) -> None:
        language = translation.attribute("lang") or ""
        if translation.attribute("default") is not None:
            self.default = language
        table = self._entries.setdefault(language, {})
        for text in elements(translation, "text"):
            table[text.attribute("id") or ""] = self._read(text)

    def _read(self, text: Node) -> Wording:
        parts: tuple[Part, ...] = ()
        forms: dict[str, tuple[Part, ...]] = {}
        media: dict[str, str] = {}
        whole: tuple[Part, ...] = ()
        for value in elements(text, "value"):
            form = value.attribute("form")
            if form in MEDIA:
                media[form] = value.text.strip().rpartition("/")[2]
                continue
            words = self.parts(value, "")
            whole += words
            if form:
                forms[form] = words
            else:
                parts = words
        return Wording(parts, forms, media, whole)

    def parts(self, element: Node, path: str) -> tuple[Part, ...]:
        found: list[Part] = []
        for child in element.children:
            if child.kind == TEXT:
                found.append(child.content or "")
            elif child.kind == ELEMENT and child.name == "output":
                written = child.attribute("value") or child.attribute("ref") or "''"
                found.append(self.expressions.make(written, path))
            elif child.kind == ELEMENT:
                found.extend(self.parts(child, path))
        return tuple(found)

    def saying(self, element: Node, path: str) -> Saying:
        """Of a <label> or <hint>: by reference, or its own words."""
        reference = element.attribute("ref")
        return self.message(reference, path, plain=False) if reference else Saying(self.parts(element, path), self)

    def message(self, written: str, path: str, *, plain: bool = True) -> Saying:
        """Of a constraint's message: the words themselves, or jr:itext('id')."""
        found = ITEXT.fullmatch(written)
        if not found:
            return Saying([written if plain else self.expressions.make(written, path)], self)
        literal = LITERAL.fullmatch(found[1].strip())
        if literal:
            return Saying((), self, key=literal[2])
        return Saying((), self, which=self.expressions.make(found[1], path))

    def entry(self, key: str, language: str) -> Wording:
        """In the language asked for, or else in the form's own: a missing translation never leaves a gap."""
        for table in (self._entries.get(language), self._entries.get(self.default)):
            if table and key in table:
                return table[key]
        return NOTHING

    def all(self, key: str) -> list[Wording]:
        return [table[key] for table in self._entries.values() if key in table]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(key for table in self._entries.values() for key in table)
