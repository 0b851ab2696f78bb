"""The words of a grant committee's page, in the language in use."""

from __future__ import annotations

from domain.grants import Stage
from locales import _


def committee_words() -> dict[str, str]:
    return {
        "first": _("Grant call"),
        "languages": _("Language"),
        "for": _("This page is for you alone: {who}"),
        "money": _("Money in the whole call"),
        "kinds": _("For which needs"),
        "until": _("Last day"),
        "criteria": _("Criteria"),
        "prefer": _("Your rule for surveyed needs"),
        "set": _("How many points of a hundred does a surveyed need bring? (0 to 30)"),
        "keep": _("Write the rule down"),
        "fixed": _("It stands, since the deadline has passed or something is decided."),
        "sent": _("Sent in"),
        "none_sent": _("Nothing has been sent in yet."),
        "place": _("place {place} on the village's agreed list"),
        "unlisted": _("not on an agreed list"),
        "points": _("By your rule: {points} points more."),
        "no_points": _(
            "By your rule: no points more, since no need of it stands on an agreed list with sealed evidence."
        ),
        "annex": _("The annex of evidence"),
        "verify": _("Is it genuine and the newest? {code}"),
        "no_annex": _("No annex of evidence was made."),
        "decide": _("Write down the decision"),
        "decision": _("What was decided?"),
        Stage.GRANTED: _("Granted"),
        Stage.REFUSED: _("Refused"),
        Stage.LATER: _("Put off"),
        "day": _("On which day?"),
        "amount": _("How much, in lari? (only if granted)"),
        "reason": _("Why? The village reads this sentence."),
        "write": _("Write it down and tell the village"),
        "needs": _("Surveyed needs that have no money yet"),
        "how": _(
            "In the order of each village's agreed list; words appear once the group has released them. "
            "Numbers are rounded, and small ones are hidden."
        ),
        "none": _("There is none here."),
        "named": _("about {count} people named this kind of need"),
        "pages": _("Pages"),
    }
