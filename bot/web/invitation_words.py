"""The words of an invitation's page, in the language in use."""

from __future__ import annotations

from domain.meetings.record import Reply
from locales import _


def invitation_words() -> dict[str, str]:
    return {
        "first": _("Invitation to a round table"),
        "languages": _("Language"),
        "when": _("When"),
        "where": _("Where"),
        "moved": _("The round table has another day or place."),
        "before": _("Before:"),
        "other_issues": _("The round table has other issues."),
        "again": _("Please say once more whether you are coming."),
        "calendar": _("Into my calendar"),
        "asks": _("Are you coming?"),
        "said": _("You answered:"),
        Reply.COMING: _("I am coming"),
        Reply.SENDS: _("I send somebody"),
        Reply.NOT_COMING: _("I am not coming"),
        "who": _("Who comes in your place? Name and office, please."),
        "reply": _("Send the answer"),
        "issues": _("The issues:"),
        "asked": _("What is asked"),
        "brief": _("The brief on one page (PDF)"),
        "write": _("Answer in writing, before the day"),
        "answer": _("What is your answer?"),
        "words": _("In your words, as it shall stand in the agenda:"),
        "send": _("Write it into the agenda"),
        "stands": _("In the agenda already:"),
        "not_held": _("The meeting was not held: its issues went another way."),
        "over": _("The meeting has begun already: this cannot be changed any more."),
    }
