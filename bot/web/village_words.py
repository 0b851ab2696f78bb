"""The words of a village's page, in the language in use."""

from __future__ import annotations

from locales import _


def village_words() -> dict[str, str]:
    return {
        "name": _("Mrgvali"),
        "first": _("What comes first for the village"),
        "languages": _("Language"),
        "not_yet": _("This village has not chosen yet."),
        "picture": _("The same as a picture, to send on"),
        "meeting": _("The round table of {day}: what was asked, and what was answered"),
        "board": _("What was promised to the village, and how it stands"),
        "chat": _("Tell what your village needs"),
        "women": _("women"),
        "men": _("men"),
        "people": _("of all who chose"),
        "description": _("The people of the village chose which of its needs come first."),
    }
