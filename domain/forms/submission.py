"""Answers as the XML that ODK Central and KoboToolbox take."""

from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from domain.forms.fields import Field
from domain.forms.preloads import is_end
from domain.forms.values import stamp
from domain.forms.xform import JAVAROSA, OPENROSA, XFORMS

_USUAL = {"orx": OPENROSA, "jr": JAVAROSA, "odk": "http://www.opendatakit.org/xforms"}


def xml(root: Field, finished: datetime | None) -> str:
    """What is not relevant is left out; a node without an answer is sent empty."""
    parts: list[str] = []
    _write(root, finished, parts, _declarations(root))
    return "".join(parts)


def _declarations(root: Field) -> dict[str, str]:
    """Prefix to namespace, of all that are used inside."""
    found: dict[str, str] = {}
    for field in root.below():
        for node in (field, *field.attributes):
            if node.prefix and node.prefix not in ("xml", "xmlns"):
                found[node.prefix] = node.namespace or _USUAL.get(node.prefix, "")
    own = root.namespace
    if own and own not in (XFORMS, "http://www.w3.org/1999/xhtml") and not root.prefix:
        found[""] = own
    return found


def _write(field: Field, finished: datetime | None, parts: list[str], declared: dict[str, str]) -> None:
    if not field.relevant:
        return
    name = field.qualified
    attributes = "".join(f" {one.qualified}={quoteattr(one.text)}" for one in field.attributes)
    spaces = "".join(f" xmlns{':' if prefix else ''}{prefix}={quoteattr(uri)}" for prefix, uri in declared.items())
    inner = _inner(field, finished)
    parts.append(f"<{name}{spaces}{attributes}")
    if field.spec.leaf and not inner:
        parts.append("/>")
        return
    parts.append(f">{inner}")
    for child in field.children:
        if isinstance(child, Field):
            _write(child, finished, parts, {})
    parts.append(f"</{name}>")


def _inner(field: Field, finished: datetime | None) -> str:
    if not field.spec.leaf:
        return ""
    if finished is not None and is_end(field.spec.bind.preload):
        return stamp(finished)
    return escape(field.text)
