"""A session as the reference engine's traces show one: after each operation, the nodes whose state changed.

The reference stores what breaks a constraint and marks it, so answers are forced here.
"""

import json
from collections.abc import Mapping
from typing import Any

from domain.forms.faults import NoSuchPlace, Violation
from domain.forms.fields import Field
from domain.forms.form import Form, read_form
from domain.forms.schema import Spec
from domain.forms.session import Session, Setting
from domain.forms.views import state
from domain.forms.xpath.environment import Context
from domain.forms.xpath.errors import XPathError

Row = dict[str, Any]
Operation = Mapping[str, Any]


class Trace:
    """Plays operations. `labelled`: choices with their labels and the root too, as in traces of scenarios."""

    def __init__(self, form: Form | None, setting: Setting, *, labelled: bool = False) -> None:
        self.setting, self.labelled = setting, labelled
        self.session: Session | None = None
        self._form = form
        self._last: dict[str, str] = {}

    def play(self, operation: Operation) -> Row:
        """Ops: init (with "xml": of that form), set or answer, add or createNewRepeat, removeRepeat, setLanguage."""
        error = None
        try:
            self._do(operation)
        except (NoSuchPlace, Violation) as trouble:
            error = f"{type(trouble).__name__}: {trouble}"
        row = {name: operation[name] for name in ("op", "ref", "value") if name in operation} | self._difference()
        return row | {"error": error} if error else row

    def _do(self, operation: Operation) -> None:
        op, ref = operation["op"], str(operation.get("ref") or "")
        if op == "init":
            self._begin(operation)
            return
        if self.session is None:
            raise NoSuchPlace(ref)
        if op in ("set", "answer"):
            self.session.answer(ref, _words(operation), force=True)
        elif op in ("add", "createNewRepeat"):
            self.session.add_repeat(ref if not ref.endswith("]") else ref.rpartition("[")[0])
        elif op in ("remove", "removeRepeat"):
            self._remove(operation, ref)
        elif op in ("lang", "setLanguage"):
            self.session.set_language(str((operation.get("args") or [operation.get("value")])[0]))

    def _begin(self, operation: Operation) -> None:
        self._last = {}
        if "xml" in operation:
            self._form, self.labelled = read_form(operation["xml"]), True
        if self._form is None:
            raise NoSuchPlace("no form")
        self.session = Session(self._form, self.setting)

    def _remove(self, operation: Operation, ref: str) -> None:
        named = (operation.get("args") or [ref])[0]
        above, _, number = str(named if isinstance(named, str) else ref).rpartition("[")
        if self.session and number.rstrip("]").isdigit():
            self.session.remove_repeat(above, int(number.rstrip("]")))

    def _difference(self) -> Row:
        now = {ref: json.dumps(row, ensure_ascii=False) for ref, row in self.states().items()}
        changed = {ref: json.loads(row) for ref, row in now.items() if self._last.get(ref) != row}
        gone = [ref for ref in self._last if ref not in now]
        self._last = now
        return {"changed": changed, "gone": gone}

    def states(self) -> dict[str, Row]:
        """Every node, by its reference."""
        if self.session is None:
            return {}
        rows: dict[str, Row] = {}
        self._collect(self.session, self.session.live.root, rows)
        return rows

    def _collect(self, session: Session, field: Field, rows: dict[str, Row]) -> None:
        if field.spec.parent is not None or self.labelled:
            rows[field.reference] = self._row(session, field)
        for spec in field.spec.children:
            if spec.repeat:
                rows[field.reference + spec.tail] = _range_row(session, field, spec)
            for child in field.rows(spec):
                self._collect(session, child, rows)

    def _row(self, session: Session, field: Field) -> Row:
        found = state(session.live, field, session.language)
        row: Row = {"t": found.kind, "rel": found.relevant}
        if found.value is not None:
            row["v"] = found.value
        if found.required and (self.labelled or found.value is not None):
            row["req"] = True
        if found.readonly and (self.labelled or found.value is not None):
            row["ro"] = True
        if found.violation:
            row["viol"] = found.violation
        if found.label:
            row["label"] = found.label
        if found.choices is not None:
            row["choices"] = [[one.value, one.label] if self.labelled else one.value for one in found.choices]
        return row


def _words(operation: Operation) -> str:
    value = operation.get("value")
    if value is None:
        value = (operation.get("args") or [""])[0]
    return value if isinstance(value, str) else json.dumps(value)


def _range_row(session: Session, parent: Field, spec: Spec) -> Row:
    repeat = spec.repeat
    place = Field(spec, parent)  # a node that is not there, to ask whether there might be one
    kind = "controlled" if repeat and (repeat.count or repeat.fixed) else "uncontrolled"
    row: Row = {"t": f"repeat-range:{kind}", "rel": parent.relevant and _own(session, place)}
    if repeat and repeat.label:
        label = repeat.label.text(session.language, Context(place, session.live.env))
        row |= {"label": label} if label else {}
    return row


def _own(session: Session, place: Field) -> bool:
    relevant = place.spec.bind.relevant
    if relevant is None:
        return True
    try:
        return relevant.boolean(Context(place, session.live.env))
    except XPathError:
        return False
