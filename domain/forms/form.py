"""A questionnaire, read and compiled once, shared by all who answer it."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.forms.asked import Choice, Question, Section

MOST_INSTANCES = 200  # of one repeat under one parent, whatever a count says


@dataclass(frozen=True)
class Form:
    """Never changes after `compile_form`; any number of sessions may use it at once."""

    id: str
    version: str
    title: str
    languages: tuple[str, ...]  # as the form writes them: "English (en)"; empty where it has only one
    default_language: str
    questions: tuple[Question, ...]  # in the form's order, hidden ones left out
    sections: tuple[Section, ...]

    def label(self, path: str, language: str = "") -> str:
        """The label of a question, group or repeat; what it takes from answers stands as "…"."""
        raise NotImplementedError

    def choices(self, path: str, language: str = "") -> tuple[Choice, ...]:
        """All choices of a question, whatever its filter: for tables, summaries and exports."""
        raise NotImplementedError


def compile_form(xml: str | bytes, media: Mapping[str, bytes] = {}) -> Form:
    """Reads an XForm as pyxform makes it; `media` holds external instances by file name ("villages.csv").

    Raises FormError with all faults that were found.
    """
    raise NotImplementedError
