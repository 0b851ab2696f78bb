"""How answers are written, type by type."""

import pytest

from domain.forms.values import bounded, caster, tick


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        ("int", "5", "5"),
        ("int", "5.9", "5"),
        ("int", "-7", "-7"),
        ("int", "007", "7"),
        ("int", "3000000000", ""),
        ("int", "many", ""),
        ("int", "٣", ""),
        ("decimal", "5", "5.0"),
        ("decimal", "0.25", "0.25"),
        ("decimal", "1e3", "1000.0"),
        ("decimal", "nan", ""),
        ("date", "2026-11-25", "2026-11-25"),
        ("date", "2026-11-25T10:00:00", "2026-11-25"),
        ("date", "2026-02-30", ""),
        ("time", "10:30:00.000+04:00", "10:30:00.000+04:00"),
        ("time", "25:00:00", ""),
        ("dateTime", "2026-11-25T10:30:00.000+04:00", "2026-11-25T10:30:00.000+04:00"),
        ("dateTime", "2026-11-25", ""),
        ("geopoint", "42.1 43.0 0 5", "42.1 43.0 0.0 5.0"),
        ("geopoint", "99 43", ""),
        ("geopoint", "0 0", ""),
        ("geotrace", "42 43; 42.1 43", "42.0 43.0;42.1 43.0"),
        ("geotrace", "42 43", ""),
        ("geoshape", "42 43; 42.1 43; 42 43", "42.0 43.0;42.1 43.0;42.0 43.0"),
        ("geoshape", "42 43; 42.1 43; 42 44", ""),
        ("string", " as it is ", " as it is "),
    ],
)
def test_each_type_has_one_way(kind: str, said: str, kept: str) -> None:
    assert caster(kind)(said) == kept


def test_a_range_keeps_within_its_ends_and_a_tick_is_ok() -> None:
    within = bounded(caster("int"), "1", "5")
    assert [within(words) for words in ("1", "5", "6", "")] == ["1", "5", "", ""]
    assert [tick(words) for words in ("OK", "ok", "yes")] == ["OK", "OK", ""]
