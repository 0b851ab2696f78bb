"""Secondary instances as trees: lists inside the form, and CSV, XML and GeoJSON files beside it."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from domain.forms.faults import Fault
from domain.forms.reading import NotXML, parse
from domain.forms.tree import DOCUMENT, Node
from domain.forms.xform import model_instances

MOST_ROWS = 200_000


def read_instances(model: Node, media: Mapping[str, bytes], faults: list[Fault]) -> dict[str, Node]:
    """By id: a node whose child is the instance's root element."""
    found: dict[str, Node] = {}
    for element in list(model_instances(model))[1:]:
        name, source = element.attribute("id") or "", element.attribute("src")
        if not source:
            found[name] = _inner(element)
            continue
        file = source.rpartition("/")[2]
        if source.startswith("jr://instance/") or file in ("last-saved", "pyxform_last_saved"):
            found[name] = _holder(Node("root"))  # nobody filled this form here before
        elif file not in media:
            faults.append(Fault("", f"The file “{file}” is missing. Please send it together with the form."))
            found[name] = _holder(Node("root"))
        else:
            found[name] = _external(file, media[file], faults)
    return found


def _holder(root: Node) -> Node:
    holder = Node("", kind=DOCUMENT)
    holder.append(root)
    return holder


def _inner(element: Node) -> Node:
    roots = element.elements
    return _holder(roots[0]) if roots else _holder(Node("root"))


def _external(file: str, content: bytes, faults: list[Fault]) -> Node:
    try:
        if file.lower().endswith((".csv", ".tsv")):
            return _holder(_csv(content))
        if file.lower().endswith((".geojson", ".json")):
            return _holder(_geojson(content))
        return parse(content)
    except (NotXML, RecursionError, csv.Error, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        faults.append(Fault("", f"The file “{file}” cannot be read: {error}"))
        return _holder(Node("root"))


def _csv(content: bytes) -> Node:
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip() for name in next(rows, [])]
    root = Node("root")
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise ValueError(f"it has more than {MOST_ROWS} rows")
        if any(row):
            _item(root, zip(names, row + [""] * (len(names) - len(row)), strict=False))
    return root


def _item(root: Node, pairs: Any) -> None:
    item = Node("item", parent=root)
    item.content, item.children = None, []
    for name, value in pairs:
        if name:
            item.children.append(Node(name, value, parent=item))
    if root.content is not None:
        root.content, root.children = None, []
    root.children.append(item)


def _geojson(content: bytes) -> Node:
    data = json.loads(content)
    if data["type"] != "FeatureCollection":
        raise ValueError("it is not a FeatureCollection")
    root = Node("root")
    for feature in data["features"]:
        properties = {str(name): _words(value) for name, value in (feature.get("properties") or {}).items()}
        pairs = {"geometry": _geometry(feature["geometry"])} | properties
        if "id" in feature:
            pairs["id"] = _words(feature["id"])
        _item(root, pairs.items())
    return root


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _geometry(geometry: dict[str, Any]) -> str:
    """Points as ODK writes them: latitude first."""
    kind, places = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return _place(places)
    if kind not in ("LineString", "Polygon"):
        raise ValueError(f"{kind} is neither Point, LineString nor Polygon")
    line = places if kind == "LineString" else (places[0] if places else [])
    return "; ".join(map(_place, line))


def _place(pair: list[float]) -> str:
    return f"{_words(pair[1])} {_words(pair[0])} 0 0"
