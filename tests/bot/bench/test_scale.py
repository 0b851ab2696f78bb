"""The bench's country is there as it says, and its ledger verifies; how fast anything was is nobody's test."""

from __future__ import annotations

from bot.bench.scale.run import Rounds, run
from bot.bench.scale.size import DUE_EACH, MEMBERS, of


async def test_a_community_of_ten_villages_is_settled_and_measured() -> None:
    figures = await run(0.01, sqlite=True, rounds=Rounds(pages=2, users=2, menus=1))
    assert {name: figures[name] for name in of(0.001).figures()} == of(0.001).figures()
    assert figures["ledger"]["whole"]
    assert figures["ledger"]["events"] == figures["events"] == 1000
    due = figures["sweeps"]["each"]["promise_reminders"]
    assert due["due"] == figures["promises"] // DUE_EACH
    assert due["queued"] == due["found"] == due["due"] * (1 + MEMBERS + 1), "the group and the office of each"
    assert figures["turns"]["needs_poll"]["full"]["times"] == figures["turns"]["needs_poll"]["empty"]["times"] > 0
    assert set(figures["falls_short"]) <= {"pages", "turns", "sweeps"}


def test_the_whole_country_is_as_large_as_asked() -> None:
    assert of(1).figures() == {
        "municipalities": 63,
        "villages": 10_000,
        "residents": 1_000_000,
        "needs": 200_000,
        "promises": 100_000,
        "events": 1_000_000,
        "due_today": 20_000,
    }
