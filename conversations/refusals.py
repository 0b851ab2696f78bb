"""What is said when the rules say no."""

from __future__ import annotations

from collections.abc import Callable

from domain.refusal import Refused
from locales import _

# Functions, since words have a language only inside a turn.
WORDS: dict[str, Callable[[], str]] = {
    "not_allowed": lambda: _("Only those who were asked to do this can do it. Please ask your coordinator."),
    "poll_closed": lambda: _("This poll is closed. Thank you for wanting to answer."),
    "already_answered": lambda: _("Your answer is already here; it counts once."),
    "invitation_used": lambda: _("This invitation was used already. Please ask for a new one."),
    "invitation_expired": lambda: _("This invitation is too old. Please ask for a new one."),
    "invitation_unknown": lambda: _("I do not know this invitation. Please ask for the link once more."),
    "gone": lambda: _("This is no longer there."),
}


def words(refusal: Refused) -> str:
    return WORDS[refusal.reason]().format(**refusal.facts)
