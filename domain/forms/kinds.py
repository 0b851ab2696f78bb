"""Which kind of question a node is, for a person, and in the words of the reference engine."""

from domain.forms.asked import Kind
from domain.forms.schema import Spec

_BY_TYPE = {
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATETIME,
    "geopoint": Kind.GEOPOINT,
    "geotrace": Kind.GEOTRACE,
    "geoshape": Kind.GEOSHAPE,
    "barcode": Kind.BARCODE,
}
_BY_CONTROL = {
    "select": Kind.SELECT_MULTIPLE,
    "select1": Kind.SELECT_ONE,
    "rank": Kind.RANK,
    "range": Kind.RANGE,
    "trigger": Kind.ACKNOWLEDGE,
}
_BY_MEDIA = {"image": Kind.IMAGE, "audio": Kind.AUDIO, "video": Kind.VIDEO}


def always_readonly(spec: Spec) -> bool:
    readonly = spec.bind.readonly
    return readonly is not None and readonly.text.replace(" ", "") in ("true()", "1", "'1'", "1=1", "not(false())")


def is_note(spec: Spec) -> bool:
    control = spec.control
    return bool(control and control.tag == "input" and always_readonly(spec) and (control.label or control.hint))


def kind_of(spec: Spec) -> Kind:
    control = spec.control
    if control is None:
        return Kind.HIDDEN
    if is_note(spec):
        return Kind.NOTE
    if control.tag == "upload":
        return _BY_MEDIA.get(control.media.partition("/")[0], Kind.FILE)
    return _BY_CONTROL.get(control.tag) or _BY_TYPE.get(spec.bind.type, Kind.TEXT)


def engine_word(spec: Spec) -> str:
    """What @getodk/xforms-engine calls such a node; a repeat's instance and its range are told apart elsewhere."""
    if spec.parent is None:
        return "root"
    control = spec.control
    if control is None:
        return "model-value" if spec.leaf else "group"
    if is_note(spec):
        return "note"
    if control.tag in ("select", "select1"):
        return "select"
    return control.tag if control.tag in ("rank", "range", "trigger", "upload") else "input"
