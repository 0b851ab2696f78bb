"""Forms in words: to whom one is put, how long it takes, where it stands."""

from __future__ import annotations

from typing import Any

from domain.forms.calls import Mode
from locales import _, current, ngettext


def mode(value: str) -> str:
    return {
        Mode.PERSON: _("each resident answers alone"),
        Mode.GROUP: _("the group answers together"),
        Mode.HOUSEHOLD: _("the group goes from house to house"),
    }[Mode(value)]


def where(call: Any) -> str:
    """The group, or the community."""
    return str(call.group_name or (call.name_ka if current() == "ka" else call.name_en))


def size(questions: int, minutes: int) -> str:
    count = ngettext("{count} question", "{count} questions", questions).format(count=questions)
    time = ngettext("about {count} minute", "about {count} minutes", minutes).format(count=minutes)
    return f"{count}, {time}"


def ready(result: dict[str, Any]) -> str:
    languages = ngettext("{count} language", "{count} languages", result["languages"]).format(count=result["languages"])
    count = ngettext("{count} question", "{count} questions", result["questions"]).format(count=result["questions"])
    time = ngettext("about {count} minute", "about {count} minutes", result["minutes"]).format(count=result["minutes"])
    words = _("“{title}” is ready: {questions}, {languages}, {minutes}.")
    return words.format(title=result["title"], questions=count, languages=languages, minutes=time)
