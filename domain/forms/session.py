"""One person's (or one household's) answers to a form: what is asked now, what an answer changes, what is sent.

References are stable texts like "/data/household[2]/age": a repeat's instance always carries its number, other nodes
never do. Nothing here reads a clock or chance; both come with the Setting.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.forms import places, stored, submission, together, views, walking
from domain.forms.answering import Answering
from domain.forms.asked import Asked, State, Step, Wrong
from domain.forms.faults import NoSuchPlace, Violation
from domain.forms.fields import Field
from domain.forms.form import Form
from domain.forms.schema import Spec
from domain.forms.setting import Setting

__all__ = ["Answers", "Session", "Setting"]

USUAL = Setting()

Answers = dict[str, Any]


class Session:
    """Begins a new set of answers: defaults, preloads and first calculations are done when it returns."""

    def __init__(self, form: Form, setting: Setting = USUAL, *, answers: Answers | None = None) -> None:
        """With `answers`, goes on where `answers()` was taken: nothing is replayed, only what depends on the clock is
        reckoned again."""
        self.form = form
        self.finished: set[str] = set(answers.get("finished", ())) if answers else set()
        language = str(answers.get("language", "")) if answers else ""
        self.language = setting.language or language or form.default_language
        self._live = Answering(form.plan, setting, self.language)
        if answers is None:
            self._live.begin()
        else:
            stored.restore(self._live, answers)

    @classmethod
    def load(cls, form: Form, answers: Answers, setting: Setting = USUAL) -> "Session":
        return cls(form, setting, answers=answers)

    def answers(self) -> Answers:
        """All that must be kept, as JSON. Short: empty and untouched nodes are not in it."""
        kept = stored.keep(self._live)
        return kept | {"language": self.language, "finished": sorted(self.finished)}

    def values(self) -> dict[str, str]:
        """What would be sent now: reference → value, of relevant nodes that have one, hidden ones too."""
        return {one.reference: one.text for one in self._live.root.below() if one.spec.leaf and one.content}

    # What is asked

    def walk(self) -> Iterator[Step]:
        """What is relevant now, in order: questions and notes, field-list groups, and after the last instance of each
        open repeat the question whether there is one more. What a field-list holds is not walked again."""
        return walking.walk(self._live.root, self.finished)

    def next_after(self, ref: str) -> Step | None:
        """The step after this question, group or repeat, which need not be relevant any more; the first one for "".
        None at the end."""
        return walking.next_after(self.walk(), self.form.plan.specs, ref)

    def previous(self, ref: str) -> Step | None:
        """The step before; the last one for ""."""
        return walking.previous(self.walk(), self.form.plan.specs, ref)

    def question(self, ref: str) -> Asked:
        """A question as it stands now; a group or repeat too (kind HIDDEN, with its label and appearance)."""
        try:
            return views.asked(self._live, self._field(ref), self.language)
        except NoSuchPlace:
            parent, spec = places.range_place(self._live.root, ref, self.form.plan.specs)
            return views.asked_range(self._live, parent, spec, self.language)

    def state(self, ref: str) -> State:
        """As the reference engine would show this node."""
        return views.state(self._live, self._field(ref), self.language)

    def validate(self) -> tuple[Wrong, ...]:
        """What is required and empty, or breaks a constraint, in the form's order."""
        return tuple(views.wrongs(self._live, self.language))

    def set_language(self, language: str) -> None:
        self.language = self._live.env.language = language
        self._live.again(self.form.plan.by_language)

    # What a person does

    def answer(self, ref: str, value: str | Sequence[str] | None, *, force: bool = False) -> tuple[str, ...]:
        """Stores the value ("" or None empties) and reckons again only what depends on it.

        Returns the references whose value or relevance changed through it. Raises Violation and stores nothing where
        the form refuses; with `force` stores even what breaks a constraint or is missing, as web-forms does."""
        field = self._field(ref)
        if not field.spec.leaf:
            raise NoSuchPlace(ref)
        words = "" if value is None else value if isinstance(value, str) else " ".join(value)
        return tuple(one.reference for one in self._live.answer(field, words, self.language, force=force))

    def answer_together(self, given: Mapping[str, str]) -> dict[str, Violation]:
        """The answers of one screen (a field-list), by reference: each is held to its rules beside the others. Stores
        what may stand; answers what is wrong with the rest. Asking again is the caller's."""
        return together.answer(self, given)

    def add_repeat(self, ref: str) -> str:
        """One more instance of the repeat "/data/household" (or "/data/village[2]/household"); returns its reference.
        Raises Violation with rule "count" where the form counts for itself, or `Setting.most` are there."""
        parent, spec = self._range(ref)
        rows = parent.rows(spec)
        if len(rows) >= self._live.setting.most:
            raise Violation(ref, "count")
        self._reopen(ref)
        return self._live.add(parent, spec, len(rows)).reference

    def remove_repeat(self, ref: str, number: int) -> None:
        """Takes the instance with this number (from 1) out; those behind it move up."""
        parent, spec = self._range(ref)
        rows = parent.rows(spec)
        if not 1 <= number <= len(rows):
            raise NoSuchPlace(f"{ref}[{number}]")
        self._reopen(ref)
        self._live.remove(parent, rows[number - 1])

    def finish_repeat(self, ref: str) -> None:
        """The person said "no more": the walk does not ask again, until an instance is added or removed."""
        places.range_place(self._live.root, ref, self.form.plan.specs)
        self.finished.add(ref)

    def submission_xml(self, *, finished: datetime | None = None) -> str:
        """OpenRosa XML without what is not relevant. `finished` fills the preload "end"."""
        return submission.xml(self._live.root, finished)

    # Inside

    @property
    def live(self) -> Answering:
        """The running answers, for those who look deeper: comparisons and measurements."""
        return self._live

    def _field(self, ref: str) -> Field:
        return places.find(self._live.root, ref)

    def _range(self, ref: str) -> tuple[Field, Spec]:
        parent, spec = places.range_place(self._live.root, ref, self.form.plan.specs)
        if spec.repeat is None or spec.repeat.count or spec.repeat.fixed:
            raise Violation(ref, "count")
        return parent, spec

    def _reopen(self, ref: str) -> None:
        """Numbers shift and answers change: what was finished here or inside is open again."""
        self.finished = {one for one in self.finished if one != ref and not one.startswith(f"{ref}[")}
