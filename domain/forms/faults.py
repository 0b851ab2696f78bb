"""What is wrong with a form, or with an answer, in plain words and with the place."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """`path` is the node ("/data/household/age"), or "" where the whole form is meant."""

    path: str
    words: str

    def __str__(self) -> str:
        return f"{self.path}: {self.words}" if self.path else self.words


class FormError(Exception):
    """The form cannot be worked; `faults` says everything that was found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


class NoSuchPlace(LookupError):
    """No node of this session has this reference, or it has another kind than was asked for."""


class Violation(Exception):
    """The answer is not taken and nothing was stored.

    `rule` is "constraint", "required", "type" (no such number or date), "choice" (not among the choices now offered),
    "readonly" or "hidden" (not asked now). `message` is the form's own sentence in the session's language, "" if none.
    """

    def __init__(self, ref: str, rule: str, message: str = "") -> None:
        super().__init__(f"{ref}: {rule}" + (f": {message}" if message else ""))
        self.ref, self.rule, self.message = ref, rule, message
