"""A questionnaire's file is read, or refused with the row and the reason."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from conversations.form_faults import faults, repairs
from domain.forms.xlsform import book, source
from domain.forms.xlsform.faults import Fault, Faulty, Reason, Repair
from locales import use

HEADER = "| survey |\n| | type | name | label | calculation | relevant |\n"


def md(*rows: str, choices: tuple[str, ...] = ()) -> bytes:
    text = HEADER + "\n".join(f"| | {row} |" for row in rows)
    if choices:
        text += "\n| choices |\n| | list_name | name | label |\n" + "\n".join(f"| | {row} |" for row in choices)
    return text.encode()


def wrong(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as faulty:
        source.read(data)
    return faulty.value.faults


def test_a_form_is_read_in_every_way_of_writing_it() -> None:
    as_md = source.read(md("text | who | Who?", "integer | many | How many?"))
    as_xlsx = source.read(book.write(as_md.book))
    as_csv = source.read(b"survey,,,\n,type,name,label\n,text,who,Who?\n,integer,many,How many?\n")
    assert as_md.xform == as_xlsx.xform == as_csv.xform
    assert as_md.hash == as_xlsx.hash


@pytest.mark.parametrize(
    ("data", "reason", "row"),
    [
        (md("text | a b | x"), Reason.NAME, 2),
        (md("text | a | x", "texxt | b | x"), Reason.TYPE, 3),
        (md("text |  | x"), Reason.NO_NAME, 2),
        (md(" | a | x"), Reason.TYPE, 2),
        (md("text | a | x", "text | a | y"), Reason.NAME_TWICE, 3),
        (md("select_one l | a | x"), Reason.NO_LIST, 2),
        (md("text | b | x", "select_one m | a | x", choices=("l | a | A",)), Reason.NO_LIST, 3),
        (md("select_one l | a | x", choices=("l | a | A", "l | a | B")), Reason.CHOICE_TWICE, 3),
        (md("select_one l | a | x", choices=("l |  | A",)), Reason.CHOICE_NAME, 2),
        (md("text | a | x | | ${b} = 1"), Reason.REFERENCE, 2),
        (md("begin group | a | x", "text | b | y"), Reason.BEGIN, 2),
        (md("text | a | x", "end group | | "), Reason.END, 3),
        (md("calculate | a | "), Reason.NO_CALCULATION, 2),
    ],
)
def test_each_fault_has_its_row(data: bytes, reason: Reason, row: int) -> None:
    [fault] = wrong(data)
    assert (fault.reason, fault.row) == (reason, row)
    for language in ("en", "ka"):
        with use(language):
            assert str(row) in faults([fault])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04garbage",
        b"\xd0\xcf\x11\xe0garbage" * 9,
        b"a,b\n1,2",
        b"\xff\xfe",
    ],
)
def test_what_is_no_form_is_refused(data: bytes) -> None:
    [fault] = wrong(data)
    assert fault.reason is Reason.NOT_A_FORM


def test_a_workbook_of_something_else_says_which_sheet_is_missing() -> None:
    file = BytesIO()
    Workbook().save(file)
    [fault] = wrong(file.getvalue())
    assert (fault.reason, fault.mend) == (Reason.NO_SHEET, "survey")


def test_a_file_of_fifty_megabytes_and_a_bomb_are_refused() -> None:
    assert wrong(b"PK\x03\x04" + b"0" * 50_000_000)[0].reason is Reason.TOO_BIG
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    assert len(bomb.getvalue()) < 1_000_000
    assert wrong(bomb.getvalue())[0].reason is Reason.TOO_BIG


def test_entities_are_refused() -> None:
    good = BytesIO(book.write(source.read(md("text | a | x")).book))
    evil = BytesIO()
    with zipfile.ZipFile(good) as packed, zipfile.ZipFile(evil, "w") as made:
        for part in packed.infolist():
            content = packed.read(part)
            if part.filename == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + content
            made.writestr(part, content)
    assert wrong(evil.getvalue())[0].reason is Reason.ENTITY


FIELD = md(
    "tel | phone | Phone",
    "begin group | meta | About",
    "select_one l | a | Which?",
    "end group | meta |",
    choices=("l | a | A", "l | a | B"),
)


def test_the_mechanical_repairs_are_offered_and_the_mended_file_is_handed_back() -> None:
    offered = [fault.repair for fault in wrong(FIELD)]
    assert offered == [Repair.PHONE_TYPE, Repair.META_GROUP, Repair.META_GROUP]
    with pytest.raises(Faulty) as faulty:
        source.read(FIELD, {Repair.PHONE_TYPE, Repair.META_GROUP})
    assert [fault.repair for fault in faulty.value.faults] == [Repair.CHOICE_DUPLICATES]
    made = source.read(FIELD, set(Repair))
    survey = load_workbook(BytesIO(made.data))["survey"]
    assert [survey.cell(row, 2).value for row in (3, 5)] == ["meta_group", "meta_group"]
    assert source.read(made.data).xform == made.xform, "what is handed back is read as it is"


def test_a_column_that_breaks_the_reader_is_taken_out() -> None:
    data = b"| survey |\n| | type | name | label | instance::tag |\n| | text | a | A | x |"
    assert [fault.repair for fault in wrong(data)] == [Repair.TAG_COLUMN]
    assert "<a/>" in source.read(data, {Repair.TAG_COLUMN}).xform


def test_every_reason_and_repair_has_its_words() -> None:
    for language in ("en", "ka"):
        with use(language):
            for reason in Reason:
                assert faults([Fault(reason, "survey", 4, "a", "b")])
            assert repairs(list(Repair)).count("•") == len(Repair)


FIELD_FORMS = Path(__file__).parents[4] / "shared" / "checks" / "forms"


@pytest.mark.skipif(not FIELD_FORMS.is_dir(), reason="the forms of the field are not here (../shared/checks/forms)")
def test_forms_of_the_field_are_read_after_the_repairs() -> None:
    read = [source.read(path.read_bytes(), set(Repair)) for path in sorted(FIELD_FORMS.glob("*.xls*"))]
    assert len(read) == 6
