"""What came of a round table as a picture for a chat, 720 pixels wide."""

from __future__ import annotations

import hashlib
from typing import Any

from domain.meeting_summary import Issue, Summary
from locales import _, current, ngettext
from publish import minutes_words, paper, summary_words

LONGEST = 110  # letters of an issue or a promise: three lines
SHOWN = 6  # issues, and one promise of each: a taller picture cannot be read on a phone


def png(told: Summary, *, link: str = "") -> bytes:
    """In the language in use. `link`: where all of it can be read."""
    return paper.png("meeting_summary", data(told, link=link))


def digest(told: Summary, *, link: str = "") -> str:
    """Of everything that stands on it."""
    return hashlib.sha256(repr(data(told, link=link)).encode()).hexdigest()[:32]


def data(told: Summary, *, link: str = "") -> dict[str, Any]:
    more = len(told["issues"]) - SHOWN
    rest = ngettext("and {count} more issue", "and {count} more issues", max(more, 0)).format(count=more)
    return {
        "lang": current(),
        "above": summary_words.communities(told),
        "title": summary_words.title(told),
        "counted": summary_words.counted(told),
        "issues": [_issue(each) for each in told["issues"][:SHOWN]],
        "more": rest if more > 0 else "",
        "foot": _("All of it: {link}").format(link=link) if link else "",
        "mark": _("Mrgvali"),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    silent = not issue["answers"] and not issue["promises"]
    more = len(issue["promises"]) - 1
    others = ngettext("and {count} more promise", "and {count} more promises", max(more, 0)).format(count=more)
    return {
        "heading": _cut(summary_words.heading(issue)),
        "answers": [
            {
                "by": summary_words.answered_by(each),
                "kind": each["answer"],
                "words": minutes_words.answer(each["answer"], each["whose"]),
            }
            for each in issue["answers"]
        ],
        "promises": [
            {
                "words": _("“{words}”").format(words=_cut(each["words"])),
                "by": summary_words.promised_by(each),
                "due": summary_words.by_when(each),
            }
            for each in issue["promises"][:1]
        ],
        "more": others if more > 0 else "",
        "silent": summary_words.silent() if silent else "",
    }


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
