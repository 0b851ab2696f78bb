"""The words of the workspace's pages, in the language in use. Decisions: conversations/sorting_words.py."""

from __future__ import annotations

from locales import _


def workspace_words() -> dict[str, str]:
    return {
        "name": _("Mrgvali"),
        "workspace": _("The group's desk"),
        "come_in": _("Come in"),
        "door": _("Come in and sort what your village told. Your link opens once."),
        "no_pass": _("To come in, open the chat with Mrgvali, press /menu, “Sort the needs”, then “On a computer”."),
        "nothing": _("There is nothing to sort yet."),
        "leave": _("Leave"),
        "language": _("Language"),
    }


def sorting_words() -> dict[str, str]:
    return _columns() | _buttons() | _done()


def _columns() -> dict[str, str]:
    return {
        "title": _("Sorting the needs"),
        "lead": _("Whatever you join or split, nobody's voice is lost, and everything can be taken back."),
        "new": _("New"),
        "none_new": _("Everything is sorted."),
        "heads": _("The needs of the village"),
        "none": _("Nothing here yet. Sort a new one first."),
        "search": _("Search"),
        "find": _("Find"),
        "village": _("Village"),
        "trail": _("What was done"),
        "more": _("{count} more wait below these."),
        "told": _("Told like this"),
        "drag": _("You can also drag a new need onto one on the other side."),
    }


def _buttons() -> dict[str, str]:
    return {
        "same": _("Is it the same as one of these?"),
        "another": _("another one…"),
        "why": _("Why are they the same? (a few words)"),
        "join": _("Join"),
        "is_new": _("It is a new one"),
        "change": _("Change"),
        "words": _("Words for everybody"),
        "kind": _("Kind"),
        "level": _("Who can do it"),
        "unknown": _("not said"),
        "save": _("Save"),
        "split": _("Split"),
        "second": _("The second one reads"),
        "take_out": _("Take out"),
        "private": _("Private: it names somebody"),
        "out": _("Not for the list"),
        "reason": _("Reason, which whoever told it hears"),
        "own_words": _("or in your own words"),
        "open": _("Put it back on the desk"),
        "join_with": _("Join it to"),
        "undo": _("Take back"),
        "choose": _("choose…"),
    }


def _done() -> dict[str, str]:
    return {
        "done_joined": _("They are one need now. Whoever stood behind either stands behind it, once."),
        "done_kept": _("It stands as a need of its own."),
        "done_split": _("They are two needs now. Whoever stood behind it stands behind both."),
        "done_taken_out": _("It stands by itself again, with everybody who stood behind it."),
        "done_named": _("It is saved."),
        "done_stands_private": _("It stays with the desk. Nobody else will read it, and it goes on no list."),
        "done_stands_open": _("It is back on the desk."),
        "done_undone": _("It is taken back. Everybody stands where they stood before."),
        "done_stands_out": _("It is off the list, and whoever told it hears why. You can put it back at any time."),
    }
