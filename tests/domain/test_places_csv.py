from hypothesis import given
from hypothesis import strategies as st

from domain.places import Name, Path, Village
from domain.places_csv import COLUMNS, NAMES, Fault, Reason, parse

HEADER = "municipality_ka,municipality_en,community_ka,community_en,village_ka,village_en,voters,lat,lon"
GREMI = "ყვარელი,Kvareli,გრემი,Gremi,გრემი,Gremi,812,42.0019,45.6592"
ENISELI = "ყვარელი,Kvareli,ენისელი,Eniseli,ენისელი,Eniseli,,,"
LIST = "\n".join([HEADER, GREMI, ENISELI])
VILLAGES = (
    Village(Name("ყვარელი", "Kvareli"), Name("გრემი", "Gremi"), Name("გრემი", "Gremi"), 812, None, 42.0019, 45.6592),
    Village(Name("ყვარელი", "Kvareli"), Name("ენისელი", "Eniseli"), Name("ენისელი", "Eniseli")),
)


def faults(text: str) -> list[Fault]:
    return list(parse(text.encode()).faults)


def test_every_way_a_spreadsheet_saves_is_read() -> None:
    tabs, semicolons = LIST.replace(",", "\t"), LIST.replace(",", ";").replace("42.0019", "42,0019")
    assert parse(LIST.encode()).villages == VILLAGES
    assert parse(LIST.replace("\n", "\r\n").encode("utf-8-sig")).villages == VILLAGES
    assert parse(tabs.encode("utf-16")).villages == VILLAGES
    assert parse(tabs.encode("utf-16-le")).villages == VILLAGES
    assert parse(tabs.encode("utf-16-be")).villages == VILLAGES
    assert parse(semicolons.encode()).villages == VILLAGES


def test_columns_may_come_in_any_order_with_others_beside_and_empty_rows_between() -> None:
    text = "Notes,village ka,Village_EN,community_ka,community_en,municipality_ka,municipality_en\n,,,,,,\n"
    parsed = parse((text + '"near, the river",გრემი,Gremi,გრემი,Gremi,ყვარელი,Kvareli\n\n').encode())
    assert parsed.faults == ()
    assert [village.path for village in parsed.villages] == [Path("ყვარელი", "გრემი", "გრემი")]


def test_a_misspelt_column_is_named_with_the_right_one() -> None:
    assert faults(LIST.replace("village_ka", "vilage_ka")) == [
        Fault(Reason.NO_COLUMN, 1, "village_ka", "vilage_ka", "village_ka")
    ]


def test_a_misspelt_column_that_may_be_missing_is_not_lost_silently() -> None:
    assert faults(LIST.replace("voters", "voter")) == [Fault(Reason.NO_COLUMN, 1, "voters", "voter", "voters")]


def test_a_file_of_other_columns_names_all_that_are_missing() -> None:
    found = faults("name,district\nGremi,Kvareli")
    assert [fault.column for fault in found] == list(NAMES)


def test_a_column_that_stands_twice_is_named() -> None:
    assert faults(LIST.replace("voters", "village_en")) == [Fault(Reason.COLUMN_TWICE, 1, "village_en")]


def test_another_encoding_is_named_with_its_row_and_the_mend() -> None:
    text = f"{HEADER}\n{GREMI.replace('ყვარელი', 'Кварели')}".replace("გრემი", "Греми")
    (fault,) = parse(text.encode("cp1251")).faults
    assert (fault.reason, fault.row, fault.mend) == (Reason.ENCODING, 2, "UTF-8")
    assert fault.value


def test_half_a_letter_of_utf_16_is_an_encoding_fault_too() -> None:
    (fault,) = parse(LIST.encode("utf-16")[:-1]).faults
    assert fault.reason is Reason.ENCODING


def test_an_empty_cell_is_named_with_what_could_stand_there() -> None:
    assert faults(LIST.replace("Eniseli,,,", ",,,")) == [Fault(Reason.EMPTY_CELL, 3, "village_en", mend="Eniseli")]
    assert faults(LIST.replace("გრემი,Gremi,გრემი", "გრემი,Gremi,")) == [Fault(Reason.EMPTY_CELL, 2, "village_ka")]


def test_a_village_that_stands_twice_is_named_with_its_first_row() -> None:
    assert faults(f"{LIST}\n{GREMI}") == [Fault(Reason.DUPLICATE, 4, "village_ka", "გრემი", "2")]


def test_one_municipality_has_one_english_name() -> None:
    assert faults(LIST.replace("Kvareli,ენ", "Qvareli,ენ")) == [
        Fault(Reason.TWO_NAMES, 3, "municipality_en", "Qvareli", "Kvareli")
    ]


def test_what_is_no_number_is_named() -> None:
    found = faults(LIST.replace("812", "many").replace("42.0019", "420.019"))
    assert found == [
        Fault(Reason.NOT_A_NUMBER, 2, "voters", "many"),
        Fault(Reason.NOT_A_NUMBER, 2, "lat", "420.019"),
    ]


def test_a_stray_comma_is_found() -> None:
    assert faults(f"{LIST},,by the river") == [Fault(Reason.TOO_MANY_CELLS, 3, value="by the river")]


def test_nothing_to_import_is_said_so() -> None:
    assert [fault.reason for fault in faults("")] == [Reason.EMPTY_FILE]
    assert [fault.reason for fault in faults(HEADER)] == [Reason.EMPTY_FILE]
    assert [fault.reason for fault in faults("\n\n")] == [Reason.EMPTY_FILE]


def test_a_quote_left_open_is_found() -> None:
    assert [fault.reason for fault in faults(LIST.replace("გრემი", '"გრემი', 1))] == [Reason.NOT_A_TABLE]


def test_a_film_is_not_read() -> None:
    assert [fault.reason for fault in parse(b"0" * 5_000_001).faults] == [Reason.TOO_BIG]


@given(st.binary() | st.binary().map(lambda tail: LIST.encode() + tail))
def test_any_bytes_give_villages_or_faults_never_both(data: bytes) -> None:
    parsed = parse(data)
    assert bool(parsed.villages) != bool(parsed.faults)


@given(st.lists(st.lists(st.text("ა1,;\"' \t\n", max_size=4), max_size=10), max_size=4))
def test_any_table_gives_villages_or_faults(rows: list[list[str]]) -> None:
    text = "\n".join([",".join(COLUMNS), *(",".join(row) for row in rows)])
    parsed = parse(text.encode())
    assert bool(parsed.villages) != bool(parsed.faults)
