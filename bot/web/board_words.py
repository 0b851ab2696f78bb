"""The fixed words of the public board, in the language in use."""

from __future__ import annotations

from locales import _


def board_words() -> dict[str, str]:
    return {
        "name": _("Mrgvali"),
        "board": _("Promises to the villages"),
        "about": _("What officials promised to the villages, and how it stands."),
        "languages": _("Language"),
        "way": _("Where you are"),
        "skip": _("Go to the text"),
        "municipalities": _("Municipalities"),
        "villages": _("Villages"),
        "promises": _("Promises"),
        "place": _("Place"),
        "many": _("How many promises"),
        "none": _("Nothing has been promised here yet."),
        "story": _("What happened"),
        "meeting": _("The round table of {day}: what was asked, and what was answered"),
        "unseen": _("The group: has not checked yet."),
        "unheard": _("The official: has not answered yet."),
        "head": _("The seal of the ledger"),
        "head_about": _("Keep it, and you can tell later if anything was changed or is gone."),
        "head_none": _("The first seal is made tonight."),
        "keep": _("Keep the seal as a file (JSON)"),
        "data": _("This page as data (JSON)"),
        "earlier": _("Back"),
        "later": _("More"),
    }
