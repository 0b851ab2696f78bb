"""Needs in words: their kinds and whom they hurt, in the language of whoever reads."""

from __future__ import annotations

from domain.needs import Hurt, Kind
from domain.people import AgeBand, Sex
from locales import _


def kind(value: str) -> str:
    return _kinds()[Kind(value)]


def sign(value: str) -> str:
    """The picture letter of a kind."""
    return kind(value).partition(" ")[0]


def kinds() -> dict[Kind, str]:
    return _kinds()


def hurt(value: str | None) -> str:
    return _hurt()[Hurt(value)] if value else ""


def hurts() -> dict[Hurt, str]:
    return _hurt()


def sex(value: str | None) -> str:
    names = {Sex.WOMAN: _("Woman"), Sex.MAN: _("Man")}
    return names.get(Sex(value), "") if value else ""


def age_band(value: str | None) -> str:
    return value if value and value != AgeBand.UNDISCLOSED else ""


def _kinds() -> dict[Kind, str]:
    return {
        Kind.ROADS: _("🛣️ Roads"),
        Kind.WATER: _("🚰 Water"),
        Kind.KINDERGARTEN: _("🧸 Kindergarten"),
        Kind.HEALTH_POST: _("🏥 Health post"),
        Kind.LIGHTING: _("💡 Lighting"),
        Kind.TRANSPORT: _("🚌 Transport"),
        Kind.WASTE: _("🗑️ Waste"),
        Kind.IRRIGATION: _("🌱 Irrigation"),
        Kind.ENERGY: _("🔥 Energy"),
        Kind.INTERNET: _("📶 Internet"),
        Kind.SAFETY: _("🛟 Safety"),
        Kind.CULTURE_YOUTH: _("🎭 Culture, youth"),
        Kind.OTHER: _("➕ Something else"),
    }


def _hurt() -> dict[Hurt, str]:
    return {
        Hurt.WOMEN: _("Women"),
        Hurt.MEN: _("Men"),
        Hurt.CHILDREN: _("Children"),
        Hurt.OLDER: _("Older people"),
        Hurt.DISABLED: _("Disabled people"),
        Hurt.FAMILIES: _("Families"),
        Hurt.EVERYONE: _("Everyone"),
    }
