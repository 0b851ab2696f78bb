"""Severity and reach in words, from the lightest to the heaviest."""

from __future__ import annotations

from locales import _


def severities() -> list[str]:
    return [_("one can live with it"), _("it is hard"), _("very hard"), _("one cannot go on like this")]


def reaches() -> list[str]:
    return [_("a few"), _("about a third"), _("most of us"), _("all of us")]
