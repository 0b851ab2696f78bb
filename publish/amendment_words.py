"""What came of a change of the minutes, as whoever asked for it reads it in the chat or on their page."""

from domain.minutes import Amendment, Fate
from locales import _


def fate(each: Amendment) -> str:
    if each.fate is Fate.ACCEPTED:
        return _("Chair and secretary have taken it in. It stands in the minutes.")
    if each.fate is Fate.WAITING:
        return _(
            "It is written down. Chair and secretary answer together; if they do not take it in, it is annexed to the "
            "minutes in your own words."
        )
    refused = _("It was not taken in. It is annexed to the minutes in your own words.")
    why = _("Their reason: {reason}").format(reason=each.reason) if each.reason else ""
    return " ".join(filter(None, [refused, why]))
