"""The words of the pages that show what came of forms, in the language in use."""

from __future__ import annotations

from locales import _


def forms_words() -> dict[str, str]:
    return {
        "forms": _("What came of the forms"),
        "forms_lead": _("Numbers only: none that could point to somebody."),
        "none_yet": _("No form was put to people yet."),
        "all_forms": _("← All forms"),
        "to_sorting": _("Sort the needs"),
        "closed": _("It is closed."),
        "still_open": _("People may still answer."),
        "nothing_yet": _("There is nothing to show yet."),
        "parts": _("The parts"),
        "women": _("women"),
        "men": _("men"),
        "undisclosed": _("not said"),
        "downloads": _("For the desk"),
        "careful": _("These files hold what people said: keep them as you would keep their letters."),
        "labels": _("Table with the words (.xlsx)"),
        "names": _("Table with the names (.xlsx)"),
        "csv": _("Table (.csv)"),
        "xml": _("Submissions for ODK and Kobo (.zip)"),
        "profile": _("The profile as a paper (.pdf)"),
    }


def forms_door_words() -> dict[str, str]:
    """In place of those about sorting."""
    return {
        "door": _("Come in and see what came of your forms. Your link opens once."),
        "no_pass": _("To come in, open the chat with Mrgvali, press /menu, choose your forms, then “On a computer”."),
    }
