"""The fixed words of the public board, in the language in use."""

from __future__ import annotations

from locales import _


def board_words() -> dict[str, str]:
    return _whole() | _lists() | _promise() | _files()


def _whole() -> dict[str, str]:
    return {
        "name": _("Mrgvali"),
        "board": _("Promises to the villages"),
        "about": _("What officials promised to the villages, and how it stands."),
        "languages": _("Language"),
        "way": _("Where you are"),
        "skip": _("Go to the text"),
        "numbers": _("In numbers"),
        "numbers_are": _("How promises stand, and how many stand so"),
        "rules": _("How we count"),
    }


def _lists() -> dict[str, str]:
    return {
        "municipalities": _("Municipalities"),
        "communities": _("Communities and villages"),
        "villages": _("Villages"),
        "promises": _("Promises"),
        "newest": _("What is new"),
        "place": _("Place"),
        "many": _("In all"),
        "kept_of": _("Kept of those due"),
        "none": _("Nothing has been promised here yet."),
        "none_so": _("There is no promise like that here."),
        "found": _("Found: {count}"),
        "all": _("Show all"),
        "look": _("Look for a promise or a village"),
        "look_short": _("Look"),
        "filter": _("By kind, office or status"),
        "show": _("Show"),
        "kind": _("What about"),
        "office": _("Whose office"),
        "status": _("How it stands"),
        "any": _("all"),
        "candidates": _("words of candidates (not counted)"),
        "villages_found": _("Villages of that name"),
        "coming": _("What comes next"),
        "earlier": _("Back"),
        "later": _("More"),
        "pages": _("Pages"),
    }


def _promise() -> dict[str, str]:
    return {
        "story": _("What happened"),
        "meeting": _("The round table of {day}: what was asked, and what was answered"),
        "unseen": _("The group: has not checked yet."),
        "unheard": _("The official: has not answered yet."),
        "by_when": _("By when"),
        "to": _("Promised to"),
        "answers": _("Who answers for it"),
        "about_what": _("What about"),
        "paper": _("Where it is written"),
        "verify": _("See whether the paper is real"),
        "money": _("The money"),
        "helps": _("Whom it helps"),
        "parts": _("Its parts"),
        "part_of": _("It is a part of"),
        "candidate": _("Said as a candidate before an election: kept here, and not counted."),
        "photo": _("What the group saw"),
    }


def _files() -> dict[str, str]:
    return {
        "head": _("The seal of the ledger"),
        "head_about": _("Keep it, and you can tell later if anything was changed or is gone."),
        "head_none": _("The first seal is made tonight."),
        "keep": _("Keep the seal as a file (JSON)"),
        "data": _("This page as data (JSON)"),
        "feed": _("What changes, as a feed (Atom)"),
        "notice": _("A sheet for the notice board (PDF)"),
        "follow_telegram": _("Follow it on Telegram"),
        "follow_viber": _("Follow it on Viber"),
        "follow_web": _("Follow it in the chat"),
        "chosen": _("What comes first for the village"),
    }
