"""One person's (or one household's) answers to a form: what is asked now, what an answer changes, what is sent.

References are stable texts like "/data/household[2]/age": a repeat's instance always carries its number, other nodes
never do. Nothing here reads a clock or chance; both come with the Setting.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from domain.forms.asked import Asked, State, Step, Wrong
from domain.forms.form import Form

Answers = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """The world around a session. `now` carries its time zone, which is also the form's; `seed` feeds random(), uuid()
    and the instanceID; `properties` answers preloads: username, deviceid, phonenumber, email, simserial …"""

    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    language: str = ""
    seed: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)


class Session:
    """Begins a new set of answers: defaults, preloads and first calculations are done when it returns."""

    def __init__(self, form: Form, setting: Setting = Setting()) -> None:
        raise NotImplementedError

    @classmethod
    def load(cls, form: Form, answers: Answers, setting: Setting = Setting()) -> "Session":
        """Goes on where `answers()` was taken. Nothing is replayed; only what depends on the clock is reckoned again."""
        raise NotImplementedError

    def answers(self) -> Answers:
        """All that must be kept, as JSON. Short: empty and untouched nodes are not in it."""
        raise NotImplementedError

    def values(self) -> dict[str, str]:
        """What would be sent now: reference → value, of relevant nodes that have one, calculated and hidden ones too."""
        raise NotImplementedError

    def walk(self) -> Iterator[Step]:
        """What is relevant now, in order: questions and notes, field-list groups, and after the last instance of each
        open repeat the question whether there is one more. What a field-list holds is not walked again."""
        raise NotImplementedError

    def next_after(self, ref: str) -> Step | None:
        """The step after this question, group or repeat; the first one for "". None at the end."""
        raise NotImplementedError

    def previous(self, ref: str) -> Step | None:
        raise NotImplementedError

    def question(self, ref: str) -> Asked:
        """A question, or a group or repeat (kind NOTE, without choices), as it stands now."""
        raise NotImplementedError

    def answer(self, ref: str, value: str | Sequence[str] | None, *, force: bool = False) -> tuple[str, ...]:
        """Stores the value ("" or None empties) and reckons again only what depends on it.

        Returns the references whose value, relevance or instances changed through it. Raises Violation and stores nothing
        where the form refuses; with `force` stores even what breaks a constraint or is missing, as web-forms does."""
        raise NotImplementedError

    def add_repeat(self, ref: str) -> str:
        """One more instance of the repeat "/data/household" (or "/data/village[2]/household"); returns its reference.
        Raises Violation with rule "count" where the form counts for itself or MOST_INSTANCES is reached."""
        raise NotImplementedError

    def remove_repeat(self, ref: str, number: int) -> None:
        """Takes the instance with this number (from 1) out; those behind it move up."""
        raise NotImplementedError

    def finish_repeat(self, ref: str) -> None:
        """The person said "no more": the walk does not ask again, until an instance is added or removed."""
        raise NotImplementedError

    def set_language(self, language: str) -> None:
        raise NotImplementedError

    def state(self, ref: str) -> State:
        """As the reference engine would show this node."""
        raise NotImplementedError

    def validate(self) -> tuple[Wrong, ...]:
        """What is required and empty, or breaks a constraint, in the form's order."""
        raise NotImplementedError

    def submission_xml(self, *, finished: datetime | None = None) -> str:
        """OpenRosa XML without what is not relevant. `finished` fills the preload "end"."""
        raise NotImplementedError
