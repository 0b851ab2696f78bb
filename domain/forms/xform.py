"""The parts of an XForm document, found and named; nothing is understood here yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.forms.faults import Fault, FormError
from domain.forms.reading import NotXML, parse
from domain.forms.tree import ELEMENT, Node

XFORMS = "http://www.w3.org/2002/xforms"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
LARGEST = 50_000_000  # bytes


@dataclass(frozen=True)
class Document:
    title: str
    model: Node
    body: Node
    primary: Node


def read(xml: str | bytes) -> Document:
    if len(xml) > LARGEST:
        raise FormError([Fault("", f"The form is larger than {LARGEST // 1_000_000} MB.")])
    try:
        root = parse(xml)
    except (NotXML, RecursionError) as error:
        raise FormError([Fault("", f"This is not a form as XML: {error}")]) from None
    model, body = find(root, "model"), find(root, "body")
    instance = next(model_instances(model), None) if model else None
    if model is None or body is None or instance is None or not instance.elements:
        raise FormError([Fault("", "This is not an XForm: it needs a model with an instance, and a body.")])
    title = find(root, "title")
    return Document(title.text.strip() if title else "", model, body, instance.elements[0])


def model_instances(model: Node) -> Iterator[Node]:
    return (one for one in model.elements if one.name == "instance")


def find(root: Node, name: str) -> Node | None:
    return next((one for one in root.walk() if one.kind == ELEMENT and one.name == name), None)


def elements(parent: Node, name: str) -> list[Node]:
    return parent.named(name)


def javarosa(element: Node, name: str) -> str | None:
    """An attribute of JavaRosa's namespace, under whatever prefix; or without one, as some write it."""
    return next(
        (one.text for one in element.attributes if one.name == name and one.namespace in (JAVAROSA, None)),
        None,
    )


def path_of(name: str, parent: str) -> str:
    """Where a reference of the body leads: absolute, or read from its group or repeat."""
    name = name.strip().removeprefix("current()/")
    if name.startswith("/"):
        return name.rstrip("/")
    steps = [step for step in parent.split("/") if step]
    for step in name.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step and step != ".":
            steps.append(step)
    return "/" + "/".join(steps)
