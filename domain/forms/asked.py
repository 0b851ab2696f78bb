"""What a person sees of a form at one moment: a step of the walk, a question, its choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered; the value is always text, as the XForm keeps it (see `Asked.value`)."""

    NOTE = "note"  # nothing to answer
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"  # 2026-11-25
    TIME = "time"  # 10:30:00.000+04:00
    DATETIME = "datetime"  # 2026-11-25T10:30:00.000+04:00
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"  # "a c"
    RANK = "rank"  # all choices in the person's order: "b a c"
    RANGE = "range"  # parameters start, end, step
    ACKNOWLEDGE = "acknowledge"  # "OK"
    GEOPOINT = "geopoint"  # "42.3 19.2 0 5": latitude, longitude, altitude, accuracy in metres
    GEOTRACE = "geotrace"  # points with "; " between
    GEOSHAPE = "geoshape"  # the last point is the first
    IMAGE = "image"  # a file's name; appearance "signature", "draw", "annotate"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    BARCODE = "barcode"
    HIDDEN = "hidden"  # kept in the form, never asked: calculations, metadata


class StepKind(StrEnum):
    QUESTION = "question"
    TOGETHER = "together"  # a field-list group: `refs` are asked on one screen where there is one
    REPEAT = "repeat"  # "one more …?"; `ref` is the range, for `add_repeat` and `finish_repeat`


@dataclass(frozen=True)
class Step:
    kind: StepKind
    ref: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """`media` maps image, audio, video, big-image to the file's name."""

    value: str
    label: str
    media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A question (or group, or repeat) as it stands now, in the session's language."""

    ref: str
    path: str
    kind: Kind
    label: str
    hint: str
    guidance: str
    media: Mapping[str, str]
    choices: tuple[Choice, ...]
    required: bool
    required_message: str
    readonly: bool
    relevant: bool
    appearance: tuple[str, ...]
    parameters: Mapping[str, str]
    value: str


@dataclass(frozen=True)
class Question:
    """A question of the form, apart from any session. `section` and `repeat` are paths, "" where there is none;
    `label` and `choices` are in the form's own words for lists and tables, where they need no session."""

    path: str
    name: str
    kind: Kind
    type: str
    appearance: tuple[str, ...]
    section: str
    repeat: str


@dataclass(frozen=True)
class Section:
    """A group directly under the root. `questions` counts what can be asked, notes left out."""

    path: str
    name: str
    questions: int


@dataclass(frozen=True)
class Wrong:
    """What still stands in the way of sending: `rule` is "required" or "constraint"."""

    ref: str
    rule: str
    message: str


@dataclass(frozen=True)
class State:
    """A node's state, one to one with what the reference engine shows of it. `kind` is the reference's word for it."""

    kind: str
    relevant: bool
    value: str | None
    required: bool
    readonly: bool
    violation: str | None
    label: str
    choices: tuple[Choice, ...] | None
