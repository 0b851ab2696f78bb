"""What is XPath, what is not, and where it says so."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forms.xpath.errors import WrongArguments, XPathSyntaxError
from domain.forms.xpath.expression import compile as compile_xpath
from domain.forms.xpath.lexer import END, tokens
from tests.domain.forms.xpath.world import number, texts, truth, value, words, world


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 mod 4 - 1", 2),
        ("-7 mod 4", -3),
        ("2*3div 2", 3),
        ("10div2", 5),
        ("10mod4", 2),
        ("--3", 3),
        ("- - -3", -3),
        (".5 + 5.", 5.5),
        ("5-1-1", 3),
        ("8 div 4 div 2", 1),
        ("age*2", 84),
        ("age * age", 1764),
        ("age -1", 41),
        ("household/member[1]/years+1", 8),
        ("count(*)", 8),
        ("count(//member | //who)", 6),
        ("count(//member/.. | //member)", 4),
        ("-(1)", -1),
    ],
)
def test_arithmetic_and_paths(expression: str, result: float) -> None:
    assert number(expression) == result


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1 or nonsense()", True),
        ("0 and nonsense()", False),
        ("1=1 and 2=2 or 1=2", True),
        ("1=2 and 1=1 or 2=2", True),
        ("1=2 and (1=1 or 2=2)", False),
        ("3 > 2 > 1", False),
        ("1 < 2 = true()", True),
        ("'1'and'1'", True),
        ("1or 0", True),
        ("not(1 = 2)", True),
    ],
)
def test_truth(expression: str, result: bool) -> None:
    assert truth(expression) is result


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("household/member/who", ["Ana", "Gia", "Eka"]),
        ("household/member[2]/who", ["Gia"]),
        ("household/member[years > 10]/who", ["Gia", "Eka"]),
        ("household/member[years > 10][1]/who", ["Gia"]),
        ("household/member[last()]/who", ["Eka"]),
        ("household/member[position() < 3]/who", ["Ana", "Gia"]),
        ("household/member[position() mod 2 = 1 and years < 12]/who", ["Ana"]),
        ("household/member[who = 'Gia' or years = 12]/who", ["Gia", "Eka"]),
        ("household/member/who[1]", ["Ana", "Gia", "Eka"]),
        ("(household/member/who)[1]", ["Ana"]),
        ("//who[../years = 7]", ["Ana"]),
        ("/data//member/years", ["7", "40", "12"]),
        ("descendant::who", ["Ana", "Gia", "Eka"]),
        ("name/following-sibling::*[1]", ["42"]),
        ("needs/preceding-sibling::*[1]", ["1984-05-05"]),
        ("needs/preceding-sibling::*", ["Nino", "42", "1984-05-05"]),
        ("household/member[1]/years/parent::member/who", ["Ana"]),
        ("household/member[1]/years/parent::other/who", []),
        ("household/member[3]/preceding::who", ["Ana", "Gia"]),
        ("household/member[3]/who/following::*", ["12", "41.7 44.8 400 5"]),
        ("@id", ["survey"]),
        ("@*[. = 'survey']", ["survey"]),
        ("//member/@none", []),
        ("self::data/age | name", ["Nino", "42"]),
        ("age | name | age", ["Nino", "42"]),
        ("child::text()[1]/self::node()/nothing", []),
        ("household/*/who", ["Ana", "Gia", "Eka"]),
        ("./age", ["42"]),
        (".//years[. = 40]", ["40"]),
        ("instance('villages')/root/item[district = 'd1']/label", ["Akhmeta", "Duisi"]),
        ("instance('villages')/root/item[name = 'v2' and district = 'd1']/label", ["Duisi"]),
        ("instance('villages')/root/item[district = 'd1'][2]/label", ["Duisi"]),
        ("instance('nothing')/root/item", []),
    ],
)
def test_paths(expression: str, found: list[str]) -> None:
    assert texts(expression) == found


def test_a_step_up_beyond_the_root_finds_nothing() -> None:
    assert texts("../../../../x") == []


def test_names_of_georgian_letters_and_of_operators() -> None:
    env = world("<data><ასაკი>5</ასაკი><div>3</div><and>2</and><a-b.c>1</a-b.c></data>")
    assert number("ასაკი + div + and + a-b.c", env=env) == 11
    assert number("div div div", env=env) == 1
    assert truth("and and and", env=env) is True


@pytest.mark.parametrize(
    ("expression", "at", "reason"),
    [
        ("", 0, "empty"),
        ("1 +", 3, "too soon"),
        ("(1", 2, "closing bracket"),
        ("concat('a', )", 12, "missing before"),
        ("concat('a' 'b')", 11, "comma or a closing bracket"),
        ("'open", 0, "closing quotation mark"),
        ("a[1", 3, "square bracket"),
        ("${age} > 3", 0, "convert the form first"),
        ("a = “b”", 4, "straight quotation marks"),
        ("a ; b", 2, "no meaning"),
        ("sideways::a", 0, "no axis"),
        ("1 2", 2, "Nothing more"),
        ("a/", 2, "name of a question"),
        ("/data/@", 7, "name of a question"),
    ],
)
def test_a_fault_is_said_with_its_place(expression: str, at: int, reason: str) -> None:
    with pytest.raises(XPathSyntaxError, match=reason) as caught:
        compile_xpath(expression)
    assert (caught.value.at, caught.value.expression) == (at, expression)


def test_brackets_without_end_are_refused_and_long_chains_are_not() -> None:
    with pytest.raises(XPathSyntaxError, match="inside each other"):
        compile_xpath("(" * 5000 + "1" + ")" * 5000)
    assert truth(" or ".join(["1 = 2"] * 3000 + ["1 = 1"])) is True
    assert number(" + ".join(["1"] * 3000)) == 3000
    with pytest.raises(XPathSyntaxError, match="in a row"):
        compile_xpath(" + 1 - ".join(["1"] * 3000))
    assert words("if(true(), " * 99 + "'deep'" + ", '')" * 99) == "deep"


def test_an_unknown_function_is_a_problem_and_fails_only_when_reached() -> None:
    expression = compile_xpath("if(1 = 1, 'fine', selectd(needs, 'water'))")
    assert [str(problem) for problem in expression.problems] == [
        "There is no function selectd(). Did you mean selected()? "
        "(character 19 of: if(1 = 1, 'fine', selectd(needs, 'water')))"
    ]
    assert words(expression.text) == "fine"


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("selected(needs)", "selected() takes 2 arguments and is given 1."),
        ("round(1, 2, 3)", "round() takes 1 to 2 arguments and is given 3."),
        ("checklist(1)", "checklist() takes at least 2 arguments and is given 1."),
        ("regex(age, '[')", "cannot be read"),
    ],
)
def test_wrong_calls_are_problems(expression: str, problem: str) -> None:
    assert problem in str(compile_xpath(expression).problems[0])


def test_a_value_where_a_path_is_needed_is_said() -> None:
    for expression in ("count(1)", "(1)/a", "1 | a", "sum('x')", "randomize(1)"):
        with pytest.raises(WrongArguments, match="path"):
            value(expression)


PIECES = st.sampled_from(
    ["age", "*", "div", "and", "/data", "//", "..", "1.5", "'ა b'", "(", ")", "[", "]", ",", "-", "<=", "@id", "self::"]
)


@given(st.lists(PIECES, max_size=12))
def test_tokens_stand_where_they_say_and_together_are_the_expression(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = tokens(text)
    assert all(text[token.at :].startswith(token.text) for token in found)
    assert "".join(token.text for token in found) == "".join(text.split(" ")).replace("'აb'", "'ა b'")
    assert found[-1].kind == END


@given(st.text(alphabet="abდ1.'\"()[]/*@|+-=<>!:, $", max_size=30))
def test_whatever_is_typed_is_compiled_or_refused(text: str) -> None:
    with suppress(XPathSyntaxError):
        compile_xpath(text)
