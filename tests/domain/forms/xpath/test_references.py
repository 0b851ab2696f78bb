"""An expression says which places it reads."""

import pytest

from domain.forms.xpath.expression import compile as compile_xpath

HERE = ("data", "house", "member", "age")


def read(expression: str) -> set[str]:
    found = compile_xpath(expression).references
    return {(f"{one.instance}:" if one.instance else "/") + "/".join(one.names(HERE)) for one in found}


@pytest.mark.parametrize(
    ("expression", "places"),
    [
        ("1 + 1", set()),
        (".", {"/data/house/member/age"}),
        ("../name", {"/data/house/member/name"}),
        ("/data/a + ../../b", {"/data/a", "/data/house/b"}),
        ("if(/data/a, /data/b, ../name)", {"/data/a", "/data/b", "/data/house/member/name"}),
        ("../../member[name = 'x']/age", {"/data/house/member/age", "/data/house/member/name"}),
        ("../../member[name = current()/../name]/age", {"/data/house/member/age", "/data/house/member/name"}),
        ("count(/data/house/*)", {"/data/house/*"}),
        ("sum(//age)", {"/**/age"}),
        ("/data/@version", {"/data"}),
        (
            "instance('v')/root/item[district = /data/d and . != ../name]/label",
            {"v:root/item/label", "v:root/item/district", "/data/d", "v:root/item", "v:root/name"},
        ),
        ("jr:choice-name(/data/a, ' /data/q ')", {"/data/a", "/data/q"}),
        ("jr:choice-name(/data/a, '../q')", {"/data/a", "/data/house/member/q"}),
        ("indexed-repeat(/data/r/x, /data/r, 2)", {"/data/r/x", "/data/r"}),
        ("(/data/a | /data/b)/c", {"/data/a", "/data/b", "/data/a/c", "/data/b/c"}),
        (
            "randomize(instance('v')/root/item[k = ../../x], /data/seed)",
            {"v:root/item", "v:root/item/k", "v:x", "/data/seed"},
        ),
        ("position(..)", {"/data/house/member"}),
        ("../preceding-sibling::member/age", {"/data/house/member/age"}),
        ("id('x')/y", {"/**/y"}),
    ],
)
def test_places_that_are_read(expression: str, places: set[str]) -> None:
    assert read(expression) == places


def test_the_functions_are_told() -> None:
    assert compile_xpath("if(. > today(), once(uuid()), concat('a'))").functions == {
        "if",
        "today",
        "once",
        "uuid",
        "concat",
    }


def test_the_patterns_are_told() -> None:
    assert compile_xpath("regex(., '^a$') and regex(., concat('b', 'c'))").patterns == ("^a$",)
