"""The words of the page on which a change of the minutes is asked for, in the language in use."""

from __future__ import annotations

from locales import _


def amend_words() -> dict[str, str]:
    return {
        "first": _("Minutes of the round table"),
        "languages": _("Language"),
        "for": _("For: {who}"),
        "draft": _("The draft of the minutes (PDF)"),
        "until": _("You may ask for a change until {day}."),
        "silence": _("If you do nothing, no objection was raised; that is no agreement."),
        "item": _("To which issue?"),
        "whole": _("To the whole"),
        "what": _("What should stand there? Write it as it should read."),
        "send": _("I ask for this change"),
        "sent": _("You asked for:"),
        "over": _("The days in which the minutes could be changed are over."),
    }
