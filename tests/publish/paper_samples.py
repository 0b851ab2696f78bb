"""One of everything that each template shows, short, to be filled with what nobody should write."""

from __future__ import annotations

from typing import Any

from domain.meeting_summary import summary
from locales import use
from publish import addendum_paper, summary_picture
from publish.addendum_paper import Added
from publish.minutes_form import Proof, form
from tests.publish import minutes
from tests.town import MONDAY_NOON

PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
PICTURE = "picture.svg"
PROOF = Proof("123456789012", "ab" * 32, "https://mrgvali.example.ge/verify/123456789012")
BAR = {"label": "a", "split": "b", "number": 3, "shown": "c"}
STEPS = ("next", "ahead", "done", "late", "now", "ahead", "ahead", "ahead")

BUDGET: dict[str, Any] = {
    "lang": "ka",
    "title": "a",
    "municipality": "b",
    "day": "c",
    "years": ["d"],
    "heads": {"promises": "e", "lari": "f", "list": "g", "all": "o"},
    "figures": [{"number": "p", "words": "q"}],
    "total": "r",
    "parts": [{"label": "h", "rows": [{"label": "i", "sums": [["j", "k"]], "said": "l", "share": 0.5}]}] * 3,
    "headings": [str(number) for number in range(12)],
    "lines": [["m"] * 12],
    "notes": ["n"],
}


def samples() -> dict[str, dict[str, Any]]:
    """Template: its `data`. Where it stands for a picture the value is PICTURE."""
    body = minutes.body(items=[minutes.item(1)], present=minutes.body()["present"][:1])
    body["sent_to"] = body["sent_to"][:1]
    with use("ka"):
        told = summary(body, words={1: "წყალი"})
        added = Added(body, 1, "სიტყვა", "ქეთი", MONDAY_NOON.date(), "cd" * 32, PROOF)
        papers: dict[str, dict[str, Any]] = {
            "minutes": {**form(body, phase="locked", version=1, proof=PROOF), "qr": PICTURE},
            "addendum": {**addendum_paper.data(added), "qr": PICTURE},
            "meeting_summary": summary_picture.data(told, link="https://mrgvali.example.ge/meeting/7"),
        }
    return papers | OTHERS


OTHERS: dict[str, dict[str, Any]] = {
    "brief": {
        "lang": "ka",
        "kicker": "a",
        "where": "b",
        "title": "c",
        "figures": ["d"],
        "photos": [PICTURE],
        "sections": [{"head": "e", "words": "f"}],
        "law_head": "g",
        "law": [{"title": "h", "source": "i"}],
    },
    "delivery_sheet": {
        "lang": "ka",
        "title": "a",
        "of": "b",
        "numbers": ["c"],
        "heads": ["d", "e", "f"],
        "tables": [{"title": "g", "count": "h", "rows": [["i", "j", "k"]]}],
    },
    "chosen_list": {
        "lang": "ka",
        "title": "a",
        "above": "b",
        "legend": [{"of": "women", "words": "c"}],
        "lines": [{"kind": "d", "name": "e", "bars": [{"of": "men", "share": 50, "words": "f"}]}],
        "top": 5,
        "empty": "g",
        "below": "h",
        "foot": "i",
        "mark": "j",
    },
    "weights": {
        "lang": "ka",
        "title": "a",
        "above": "b",
        "severities": ["c", "d", "e", "f"],
        "reaches": ["g", "h", "i", "j"],
        "spots": [{"x": 0.75, "y": 0.625, "mark": "1"}],
        "lines": [{"mark": "1", "name": "k", "place": "l"}],
        "foot": "m",
    },
    "code_sheet": {
        "lang": "ka",
        "words": {"title": "a", "how": "b", "once": "c"},
        "slips": [{"number": 1, "code": "d"}],
        "pictures": False,
    },
    "village_card": {"village": "a", "ask": "b", "name": "c", "say": "d"},
    "form_choices": {"choices": [{"number": "1", "label": "a", "image": PICTURE}]},
    "form_picture": {
        "title": "a",
        "place": "b",
        "count": "c",
        "foot": "d",
        "blocks": [{"title": "e", "bars": [BAR], "lines": [{"label": "f", "words": "g"}]}],
    },
    "profile": {
        "title": "a",
        "place": "b",
        "sources": "c",
        "foot": "d",
        "sections": [
            {
                "title": "e",
                "lines": [{"label": "f", "words": "g", "number": None}, {"label": "h", "words": "i", "number": 3}],
                "photos": [{"file": PICTURE}],
            }
        ],
    },
    "year_ring": {
        "title": "a",
        "year": "b",
        "now": "c",
        "steps": [{"name": "d", "state": "e", "is": each, "sign": PICTURE} for each in STEPS],
    },
    "village_sheet": {
        "lang": "ka",
        "words": [
            dict.fromkeys(("village", "ask", "say", "scan", "also", "type", "behind", "contact", "privacy"), "a")
        ],
        "ways": [{"names": ["b"], "link": "c", "qr": PICTURE}, {"names": ["d"], "link": "e", "qr": PICTURE}],
        "typed": "f",
        "contact": "g",
    },
    "annex": {
        "lang": "ka",
        "title": "a",
        "foot": "b",
        "kicker": "c",
        "facts": [{"label": "d", "words": "e"}],
        "notes": ["f"],
        "needs": [
            {"title": "g", "where": "h", "photos": [PICTURE], "sections": [{"head": "i", "lines": ["j"]}]},
        ],
        "proof_head": "k",
        "proof": ["l"],
        "qr": PICTURE,
    },
    "board_card": {
        "lang": "ka",
        "title": "a",
        "name": "b",
        "board": "c",
        "status": "",
        "lot": "kept",
        "lead": "d",
        "parts": [{"lot": "kept", "name": "e", "many": 3}],
    },
    "board_notice": {
        "lang": "ka",
        "title": "a",
        "above": "b",
        "lead": "c",
        "parts": [{"lot": "not", "name": "d", "many": 3}],
        "promises": [{"lot": "not", "words": "e", "status": "f", "why": "g", "office": "h"}],
        "assembly": {"title": "n", "when": "o", "place": "p"},
        "more": "i",
        "scan": "j",
        "link": "k",
        "say": "l",
        "printed": "m",
    },
    "promise_digest": {
        "lang": "ka",
        "title": "a",
        "above": "b",
        "kinds": {"kept": "c", "near": "d", "overdue": "e"},
        "departments": [{"office": "f", "parts": [{"kind": "kept", "share": 0.5, "count": "3"}]}],
        "foot": "g",
    },
    "gender_budget": BUDGET,
    "gender_budget_picture": BUDGET,
}
