"""The gender marker of a promise in words: the group's, and what the municipality says to it."""

from __future__ import annotations

from domain.markers import Answer, Level, Marker, Proposal, Standing
from locales import _


def level(one: Level) -> str:
    return {
        Level.NOT: _("0 – not about equality"),
        Level.IMPORTANT: _("1 – brings equality too"),
        Level.MAIN: _("2 – done for equality"),
    }[one]


def standing(one: Standing) -> str:
    return {
        Standing.NONE: _("no marker yet"),
        Standing.PROPOSED: _("the group proposes, the municipality has not answered"),
        Standing.CONFIRMED: _("the municipality confirms"),
        Standing.DIFFERENT: _("the municipality says otherwise"),
    }[one]


def lines(marker: Marker) -> list[str]:
    """For a promise's page; none where nobody proposed."""
    if marker.proposal is None:
        return []
    return [*proposal(marker.proposal), answer(marker.answer, marker.standing)]


def proposal(one: Proposal) -> list[str]:
    said = [
        _("⚖️ Women and men, as the group sees it: {level}. {why}").format(level=level(one.level), why=one.why),
        _("Who gains: {gains}").format(gains=one.gains),
    ]
    said += [_("Who could lose: {loses}").format(loses=one.loses)] if one.loses else []
    if one.indicator:
        said.append(_("How it will be seen: {indicator}").format(indicator=one.indicator))
        said.append(_("Today: {baseline}").format(baseline=one.baseline or _("not known")))
    return said


def answer(one: Answer | None, stands: Standing) -> str:
    if one is None:
        return _("The municipality has not answered to this yet.")
    if stands is Standing.CONFIRMED:
        return _("The municipality confirms it ({office}).").format(office=one.office)
    said = {"office": one.office, "level": level(one.level), "why": one.why}
    return _("The municipality says otherwise ({office}): {level}. {why}").format(**said)
