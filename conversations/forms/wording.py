"""What is said about an answer to a form: refused, still missing, how it is known, in short."""

from __future__ import annotations

from conversations.forms.parts import in_short
from domain.forms.asked import Asked, Kind, Wrong
from domain.forms.calls import Known
from domain.forms.faults import Violation
from domain.forms.plain import plain
from locales import _, ngettext


def note(asked: Asked) -> str:
    """A note, or a question that can only be read."""
    words = plain(asked.label)
    return f"{words} {in_short(asked)}" if asked.value and asked.kind is not Kind.NOTE else words


def known_words(known: Known) -> str:
    return {Known.COUNTED: _("counted"), Known.TOLD: _("told"), Known.ESTIMATED: _("estimated")}[known]


def refused(violation: Violation, asked: Asked) -> str:
    if violation.message:
        return plain(violation.message)
    words = {
        "required": _("This one is needed. Please answer it."),
        "type": _("I cannot read that answer. Please write it once more."),
        "choice": _("That choice is no longer there. Please choose again."),
    }
    return words.get(violation.rule, _("That answer does not fit here. Please look at it once more."))


def still_wrong(wrong: Wrong) -> str:
    return plain(wrong.message) or _("One answer is still missing or does not fit:")


def look_again(count: int) -> str:
    if not count:
        return ""
    words = ngettext("Please look at {count} answer once more.", "Please look at {count} answers once more.", count)
    return words.format(count=count)


def short(words: str, most: int = 40) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
