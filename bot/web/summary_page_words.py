"""The fixed words of the page that tells what came of a round table, in the language in use."""

from __future__ import annotations

from locales import _


def summary_page_words() -> dict[str, str]:
    return {
        "first": _("What was asked, and what was answered"),
        "about": _("What the villages asked at the round table, what was answered, and what was promised."),
        "languages": _("Language"),
        "promise": _("Promised"),
        "board": _("How it stands today"),
        "village": _("What {village} chose"),
        "picture": _("The same as a picture, to send on"),
        "all": _("All promises to the villages"),
        "code": _("Number to verify"),
        "none": _("No issue stood on the agenda."),
    }
