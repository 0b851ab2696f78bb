"""How people call the ways by which they write to us."""

from __future__ import annotations

from locales import _


def channel(kind: str) -> str:
    names = {"telegram": "Telegram", "viber": "Viber", "web": _("web chat"), "demo": _("web chat")}
    return names.get(kind, kind)
