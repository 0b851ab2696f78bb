import json
import math
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import ledger
from domain.ledger import Fault, Link, Wrong

SECRET = b"a secret of the municipality's server"
DAY = date(2026, 11, 23)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.lists(st.dictionaries(st.text(min_size=1), JSON, max_size=4), min_size=1, max_size=6)

# The first draw of a text makes a table of all letters, which takes seconds on a machine that is busy.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def chain_of(bodies: list[dict[str, Any]], chain: str = "promise:12") -> list[Link]:
    links: list[Link] = []
    for body in bodies:
        links.append(ledger.append(chain, links[-1] if links else None, body))
    return links


def test_the_hash_is_what_the_documents_say() -> None:
    body = {"word": "done", "on": "2026-11-23", "words": "გავაკეთეთ"}
    written = '{"on":"2026-11-23","word":"done","words":"გავაკეთეთ"}'
    first = ledger.append("promise:12", None, body)
    assert first.previous == sha256(b"mrgvali promise:12").hexdigest()
    assert first.hash == sha256(first.previous.encode() + written.encode()).hexdigest()


@PATIENT
@given(BODIES)
def test_an_untouched_chain_holds_even_when_stored_and_read_back(bodies: list[dict[str, Any]]) -> None:
    stored = [replace(link, body=json.loads(json.dumps(link.body))) for link in chain_of(bodies)]
    assert ledger.verify("promise:12", stored) is None


@PATIENT
@given(BODIES, st.data())
def test_any_change_is_found_where_it_was_made(bodies: list[dict[str, Any]], data: st.DataObject) -> None:
    links = chain_of(bodies)
    at = data.draw(st.integers(0, len(links) - 1))
    links[at] = replace(links[at], body={**links[at].body, "added": True, "more": 1})
    assert ledger.verify("promise:12", links) == Fault(at + 1, Wrong.BODY)


@PATIENT
@given(BODIES, st.data())
def test_a_change_covered_by_a_new_hash_is_found_at_the_next_link(
    bodies: list[dict[str, Any]], data: st.DataObject
) -> None:
    links = chain_of([*bodies, {"last": True}])
    at = data.draw(st.integers(0, len(links) - 2))
    forged = {"forged": "yes", "at": at}
    links[at] = replace(links[at], body=forged, hash=ledger.link_hash(links[at].previous, forged))
    assert ledger.verify("promise:12", links) == Fault(at + 2, Wrong.PREVIOUS)


def test_a_link_taken_out_put_elsewhere_or_moved_to_another_promise_is_found() -> None:
    links = chain_of([{"n": 1}, {"n": 2}, {"n": 3}])
    assert ledger.verify("promise:12", [links[0], links[2]]) == Fault(2, Wrong.NUMBER)
    assert ledger.verify("promise:12", [links[0], replace(links[2], number=2)]) == Fault(2, Wrong.PREVIOUS)
    assert ledger.verify("promise:13", links) == Fault(1, Wrong.PREVIOUS)


def test_erasing_a_person_leaves_the_chain_whole_and_tells_nothing() -> None:
    salt = b"0123456789abcdef"
    links = chain_of([{"finding": "done", "by": ledger.seal("person:7", salt)}])
    assert links[0].body["by"] == ledger.seal("person:7", salt) != ledger.seal("person:7", b"fedcba9876543210")
    assert "person" not in json.dumps(links[0].body)
    assert ledger.verify("promise:12", links) is None
    with pytest.raises(ValueError, match="salt"):
        ledger.seal("person:7", b"short")


@pytest.mark.parametrize("body", [{"n": 0.1}, {"n": [{"deep": math.nan}]}, {"keys": {1: "one"}}])
def test_what_has_no_one_spelling_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        ledger.canonical(body)


def test_a_head_holds_only_with_its_secret_and_unchanged() -> None:
    head = ledger.head(SECRET, "kvareli", DAY, {"promise:12": "aa", "promise:13": "bb"})
    assert ledger.head_holds(SECRET, head)
    assert not ledger.head_holds(b"another", head)
    assert not ledger.head_holds(SECRET, replace(head, chains={"promise:12": "aa"}))
    assert not ledger.head_holds(SECRET, replace(head, day=date(2026, 11, 22)))
    assert not ledger.head_holds(SECRET, replace(head, previous="cc"))


def test_a_head_shows_a_chain_cut_short_or_gone_but_not_one_that_grew() -> None:
    road, water, light = (chain_of([{"n": 1}, {"n": 2}], name) for name in ("road", "water", "light"))
    head = ledger.head(SECRET, "kvareli", DAY, {"road": road[1].hash, "water": water[1].hash, "light": light[1].hash})
    grown = [*road, ledger.append("road", road[-1], {"n": 3})]
    hashes = {name: [link.hash for link in links] for name, links in (("road", grown), ("water", water[:1]))}
    assert ledger.missing(head, hashes) == ["light", "water"]
    assert ledger.verify("water", water[:1]) is None  # the chain alone could not tell
