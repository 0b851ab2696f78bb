"""What a broadcast may cost, told before it goes out: only Viber asks for money."""

from __future__ import annotations

from domain.viber_price import at_most
from locales import _, ngettext


def words(receivers: int) -> str | None:
    """None where nobody gets it by Viber."""
    if not receivers:
        return None
    said = ngettext(
        "{count} of them by Viber: that may cost up to about {euros} €.",
        "{count} of them by Viber: that may cost up to about {euros} €.",
        receivers,
    ).format(count=receivers, euros=at_most(receivers))
    return said + " " + _("Who wrote to us within the last day costs nothing.")
