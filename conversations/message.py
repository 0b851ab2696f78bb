"""What a person sends and what is sent to a person, in no vendor's words.

Tuples where a turn makes many: a frozen dataclass takes two to four times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

MediaKind = Literal["photo", "voice", "document", "other"]


@dataclass(frozen=True, slots=True)
class Media:
    """A file that the channel holds; `ref` is the channel's own name for it, `size` is in bytes."""

    kind: MediaKind
    ref: str
    size: int | None = None
    mime: str | None = None
    name: str | None = None


class InGroup(NamedTuple):
    """In which group chat it happened. Only a tap is a person's there; all else is heard from the chat itself.

    chat     the channel's own id of the chat
    title    what its people call it
    thread   the topic it was written in, where the chat has topics
    mention  the bot that a command names
    was      the id that the chat had until now
    becomes  the id that it has from now on
    """

    chat: str
    title: str = ""
    thread: int | None = None
    mention: str | None = None
    was: str | None = None
    becomes: str | None = None


class Incoming(NamedTuple):
    """One message of one person.

    text      typed words, or the caption of a picture
    tap       the data of the button that was pressed
    start     the payload of the link the person came by ("" for a bare /start)
    language  what the person's phone says, e.g. "ka"
    callback  what the channel needs to answer a tap
    shared    a phone number shared as a contact is never kept: only that one came
    left      True when the person blocked us, False when they came back
    result    what came of a piece of slow work that the conversation waits for
    odd       a sticker, a poll, … : something we can only answer kindly
    group     it happened in a group chat, where nobody has a conversation
    values    with a tap: what stands in the fields of a sheet, by their names
    """

    text: str | None = None
    tap: str | None = None
    media: Media | None = None
    location: tuple[float, float] | None = None
    start: str | None = None
    language: str | None = None
    callback: str | None = None
    shared: bool = False
    left: bool | None = None
    result: dict[str, Any] | None = None
    odd: str | None = None
    group: InGroup | None = None
    values: dict[str, str] | None = None


ButtonKind = Literal["tap", "url", "location", "voice"]


class Button(NamedTuple):
    """`data` is what a tap brings back (at most 64 bytes), or the address of a link."""

    text: str
    data: str
    kind: ButtonKind = "tap"

    def to_json(self) -> list[str]:
        return [self.text, self.data, self.kind]


Rows = tuple[tuple[Button, ...], ...]
FieldKind = Literal["note", "one", "list", "many", "whole", "decimal", "range", "date", "time", "datetime", "text"]


class Field(NamedTuple):
    """One field of a sheet. `choices` are (value, label); `limits` of a range are least, most, step; `wrong` is what
    is wrong with `value`; in a `flat` one the choices stand beside each other."""

    name: str
    kind: FieldKind
    label: str
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    limits: tuple[str, ...] = ()
    required: bool = False
    wrong: str = ""
    flat: bool = False


class Sheet(NamedTuple):
    """Several questions to be answered at once, on a channel that has room for them; others show the text and the
    buttons only. `data` is what sending it brings back as a tap, with the values; `wrong` says that it came back."""

    data: str
    send: str
    fields: tuple[Field, ...]
    wrong: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**self._asdict(), "fields": [each._asdict() for each in self.fields]}


@dataclass(slots=True)
class Outgoing:
    """One message to one person.

    photo     id of a media row to show above the text
    document  id of a media row to hand over as a file
    voice     id of a media row to be listened to, and not passed on
    edits     seq of the message that this one replaces in place
    closes    seq of the question just answered: its buttons go
    answered  what to write under that question, e.g. "✓ Roads"
    page      which of the buttons' pages, on a channel that has no room for all of them
    removes   seqs of earlier messages that go from the screen
    clears    what was said before it goes from the screen, as far as the channel can
    thread    the topic of a group chat to write in
    alone     never joined with its neighbours: to be forwarded as it is
    sheet     fields to fill in below the text, on the web chat only
    alt       what the picture shows, for whoever does not see it
    """

    text: str
    rows: Rows = ()
    photo: str | None = None
    document: str | None = None
    edits: int | None = None
    closes: int | None = None
    answered: str | None = None
    page: int = 0
    voice: str | None = None
    removes: tuple[int, ...] = ()
    clears: bool = False
    thread: int | None = None
    alone: bool = False
    sheet: Sheet | None = None
    alt: str = ""

    def to_json(self) -> dict[str, Any]:
        """The smallest form: empty fields are left out, so that a row stays short."""
        out: dict[str, Any] = {"text": self.text}
        if self.rows:
            out["rows"] = [[button.to_json() for button in row] for row in self.rows]
        for name in ("photo", "document", "voice", "edits", "closes", "answered", "thread"):
            value = getattr(self, name)
            if value is not None:
                out[name] = value
        if self.page:
            out["page"] = self.page
        if self.removes:
            out["removes"] = list(self.removes)
        if self.clears:
            out["clears"] = True
        if self.alt:
            out["alt"] = self.alt
        if self.sheet is not None:
            out["sheet"] = self.sheet.to_json()
        return out

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Outgoing:
        rows = tuple(tuple(Button(*button) for button in row) for row in raw.get("rows", ()))
        sheet = _sheet(raw["sheet"]) if "sheet" in raw else None
        return cls(**{**raw, "rows": rows, "removes": tuple(raw.get("removes", ())), "sheet": sheet})


def _sheet(raw: dict[str, Any]) -> Sheet:
    fields = [
        Field(**{**each, "choices": tuple(map(tuple, each["choices"])), "limits": tuple(each["limits"])})
        for each in raw["fields"]
    ]
    return Sheet(**{**raw, "fields": tuple(fields)})
