"""Each function does what OpenRosa's specification says, and has an answer to what it was not made for."""

import hashlib
import math
from pathlib import Path

import pytest

from domain.forms.xpath.errors import PatternTooSlow, XPathError
from domain.forms.xpath.library import FUNCTIONS
from domain.forms.xpath.patterns import Pattern
from tests.domain.forms.xpath.world import number, texts, truth, words, world


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("concat('a', 1, true(), ../household/member/who)", "a1trueAnaGiaEka"),
        ("concat()", ""),
        ("join(', ', ../household/member/who, 'x')", "Ana, Gia, Eka, x"),
        ("string()", "Nino"),
        ("string(nothing)", ""),
        ("substring('abcdef', 2, 3)", "bcd"),
        ("substring('abc', 0 div 0)", ""),
        ("substring('abc', -1 div 0, 1 div 0)", ""),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substr('hello', 1, -1)", "ell"),
        ("substr('hello', 9)", ""),
        ("substr('', 0, 3)", ""),
        ("substring-before('2026-11-22', '-')", "2026"),
        ("substring-before('abc', '')", ""),
        ("substring-after('2026-11-22', '-')", "11-22"),
        ("substring-after('abc', '')", "abc"),
        ("translate('ნინო', 'ნი', 'Nი')", "NიNო"),
        ("translate('aXbX', 'X', '')", "ab"),
        ("normalize-space('  ა \n ბ ')", "ა ბ"),
        ("digest('ა', 'SHA-1', 'hex')", hashlib.sha1("ა".encode(), usedforsecurity=False).hexdigest()),
        ("base64-decode('4YOQ')", "ა"),
        ("base64-decode('%')", ""),
        ("uuid(4)", "0000"),
        ("uuid()", "00000000-0000-4000-8000-000000000000"),
        ("if(0, 'a', 'b')", "b"),
        ("coalesce('', /data/empty, 'c', 'd')", "c"),
        ("once('new')", "Nino"),
        ("selected-at(/data/needs, 1)", "road"),
        ("selected-at(/data/needs, 2)", ""),
        ("selected-at(/data/needs, 'x')", ""),
        ("jr:choice-name('water', ' /data/needs ')", "needs is water"),
        ("jr:choice-name('water', '../needs')", "needs is water"),
        ("jr:choice-name('water', '/data/nothing')", ""),
        ("jr:itext('hello')", "words of hello"),
        ("property('deviceid')", "phone"),
        ("property('none')", ""),
        ("version()", "2026-1"),
        ("pulldata('villages', 'label', 'name', 'v3')", "Omalo"),
        ("pulldata('villages.csv', 'label', 'name', 'v9')", ""),
        ("pulldata('nothing', 'label', 'name', 'v9')", ""),
        ("name(/data/@id)", "id"),
        ("local-name(/data)", "data"),
        ("name(/nothing)", ""),
        ("indexed-repeat(/data/household/member/who, /data/household/member, 2)", "Gia"),
        ("indexed-repeat(/data/household/member/who, /data/household/member, 9)", ""),
        ("indexed-repeat(/data/household/member/who, /data/household/member, 'x')", ""),
    ],
)
def test_words(expression: str, result: str) -> None:
    assert words(expression, "/data/name") == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("contains('მრგვალი', 'გვა')", True),
        ("starts-with('ab', '')", True),
        ("ends-with('ab', 'b')", True),
        ("selected(needs, 'road')", True),
        ("selected(needs, 'roa')", False),
        ("selected(empty, '')", True),
        ("selected(needs, '')", False),
        ("boolean-from-string('true')", True),
        ("boolean-from-string('TRUE')", False),
        ("checklist(2, -1, name, age, empty)", True),
        ("checklist(1, 2, name, blank)", True),
        ("checklist(0, 0, blank)", True),
        ("weighted-checklist(5, 6, name, 2, age, 3, empty, 9)", True),
        ("weighted-checklist(1, -1, household/member/who, household/member/years)", True),
        ("geofence('1 1', '0 0;0 2;2 2;2 0;0 0')", True),
        ("geofence('3 1', '0 0;0 2;2 2;2 0;0 0')", False),
        ("geofence('1 1', '0 0;0 2;2 2;2 0')", False),
        ("geofence('', '0 0;0 2;2 2;0 0')", False),
        ("regex('+995 599 12 34 56', '^\\+995( \\d+)+$')", True),
        ("regex('abc', 'b')", True),
        ("regex('٣', '\\d')", False),
        ("regex('ნინო', '^[ა-ჰ]+$')", True),
        ("regex(name, concat('N', 'ino'))", True),
        ("regex('a@b.ge', '^(?=.{3,40}$)[^@]+@[^@]+$')", True),
    ],
)
def test_truth(expression: str, result: bool) -> None:
    assert truth(expression) is result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("number(true())", 1),
        ("int(-1.9)", -1),
        ("sum(household/member/years)", 59),
        ("sum(nothing)", 0),
        ("min(household/member/years)", 7),
        ("max(1, household/member/years, '50')", 50),
        ("floor(-1.1)", -2),
        ("ceiling(1.1)", 2),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1234.5678, 2)", 1234.57),
        ("round(1250, -2)", 1300),
        ("abs(-3)", 3),
        ("pow(2, 10)", 1024),
        ("pow(0, -1)", math.inf),
        ("sqrt(9)", 3),
        ("exp(0)", 1),
        ("exp(1000)", math.inf),
        ("exp10(3)", 1000),
        ("log(0)", -math.inf),
        ("log10(100)", 2),
        ("atan2(0, 1)", 0),
        ("count(household/member)", 3),
        ("count-non-empty(*)", 7),
        ("count-selected(needs)", 2),
        ("count-selected(empty)", 0),
        ("string-length('ნინო')", 4),
        ("position(household/member[3])", 3),
        ("last()", 1),
        ("distance('0 0', '0 1')", 111318.85),
        ("distance('0 0;0 1', '0 2 5 5;')", 222637.69),
        ("area('0 0;0 1;1 1;1 0')", 12391256135.81),
        ("area('nowhere')", 0),
    ],
)
def test_numbers(expression: str, result: float) -> None:
    assert number(expression) == pytest.approx(result)


@pytest.mark.parametrize(
    "expression",
    [
        "sqrt(-1)",
        "log(-1)",
        "asin(2)",
        "min(nothing)",
        "max('x')",
        "sum(name)",
        "number('x')",
        "round('x')",
        "distance('0 0')",
        "pow(-1, 0.5)",
        "sin(1 div 0)",
        "position(nothing)",
    ],
)
def test_what_has_no_answer_is_no_number(expression: str) -> None:
    assert math.isnan(number(expression))


@pytest.mark.parametrize(
    "expression",
    [
        "distance('here', 'there')",
        "digest('a', 'SHA-3')",
        "uuid('x')",
        "uuid(100000)",
        "weighted-checklist(1, 2, 3)",
        "indexed-repeat(name, age, 1, age)",
        "position(*)",
        "regex(name, concat('(', 'a'))",
    ],
)
def test_what_makes_no_sense_is_said(expression: str) -> None:
    with pytest.raises(XPathError):
        words(expression)


NUMBERS = "<data><one>1</one><list><i>A</i><i>B</i><i>C</i><i>D</i><i>E</i><i>F</i></list></data>"


@pytest.mark.parametrize(
    ("seed", "order"),
    [
        ("42", "AFCBDE"),
        ("'42'", "AFCBDE"),
        ("-42", "EDAFBC"),
        ("1", "BFEACD"),
        ("1.1", "BFEACD"),
        ("/data/one", "BFEACD"),
        ("11111111", "ACDBFE"),
        ("0", "CBEAFD"),
        ("''", "CBEAFD"),
        ("1 div 0", "BFEACD"),  # the greatest long of Java, which leaves 1
    ],
)
def test_a_seed_shuffles_as_on_every_device(seed: str, order: str) -> None:
    assert "".join(texts(f"randomize(/data/list/i, {seed})", env=world(NUMBERS))) == order


def test_words_are_seeds_too_and_without_one_chance_decides() -> None:
    env = world(NUMBERS)
    assert texts("randomize(/data/list/i, 'Nino')", env=env) == texts("randomize(/data/list/i, 'Nino')", env=env)
    assert texts("randomize(/data/list/i, 'Nino')", env=env) != texts("randomize(/data/list/i, 'Gia')", env=env)
    shuffles = {"".join(texts("randomize(/data/list/i)", env=env)) for _time in range(10)}
    assert len(shuffles) > 1
    assert {"".join(sorted(shuffle)) for shuffle in shuffles} == {"ABCDEF"}


NESTED = (
    "<data><a><v>1</v><b><v>1.1</v></b><b><v>1.2</v></b></a><a><v>2</v><b><v>2.1</v></b><b><v>2.2</v></b></a></data>"
)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("indexed-repeat(/data/a/b/v, /data/a, 2, /data/a/b, 1)", ["2.1"]),
        ("indexed-repeat(/data/a/b/v, /data/a/b, 1, /data/a, 2)", ["2.1"]),
        ("indexed-repeat(/data/a/b/v, /data/a, 2)", ["2.1", "2.2"]),
        ("indexed-repeat(/data/a/b/v, /data/a, 1, /data/a/b, 3)", []),
        ("/data/a[2]/b[1]/v", ["2.1"]),
        ("/data/a/b[1]/v", ["1.1", "2.1"]),
        ("//b[1]/v", ["1.1", "2.1"]),
        ("(//b)[1]/v", ["1.1"]),
        ("//v/..//v", ["1", "1.1", "1.2", "2", "2.1", "2.2"]),
    ],
)
def test_repeats_in_repeats(expression: str, found: list[str]) -> None:
    assert texts(expression, env=world(NESTED)) == found


def test_a_predicate_keeps_the_current_node() -> None:
    env = world("<data><r><k>1</k><pick>2</pick></r><r><k>2</k><pick>1</pick></r></data>")
    assert texts("/data/r[k = current()/pick]/k", "/data/r[1]", env) == ["2"]
    assert texts("/data/r[k = current()/../r[2]/pick]/k", "/data/r[1]", env) == ["1"]


def test_every_function_is_described() -> None:
    page = (Path(__file__).parents[4] / "docs" / "forms.md").read_text("utf-8")
    plain = {name.rpartition(":")[2] if name.startswith("cht:") else name for name in FUNCTIONS}
    described = set(page.replace(";", " ").replace("|", " ").split())
    assert sorted(name for name in plain - {"itext", "choice-name"} if name not in described) == []


def test_a_pattern_that_explodes_is_stopped() -> None:
    with pytest.raises(PatternTooSlow, match="too long"):
        words(f"regex('{'a' * 60}!', '(a|aa)+$')")
    with pytest.raises(PatternTooSlow):
        Pattern("(1|11)+$").check()
    Pattern("^[^@]+@[^@]+$").check()
