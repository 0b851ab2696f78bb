"""What others' programs do with a form and ours does not is refused by row, never shown wrong to a villager."""

import pytest

from conversations.form_faults import in_words
from domain.forms.xlsform import source, working
from domain.forms.xlsform.faults import Fault, Faulty, Reason
from locales import use

HEAD = "| survey |\n| | type | name | label | appearance | choice_filter | default |\n| | text | a | A? | | | |\n"
CHOICES = "\n| choices |\n| | list_name | name | label |\n| | fruits | key | words |\n"
EXTERNAL = "\n| external_choices |\n| | list_name | name | label | state |\n| | city | x | X | s1 |\n"


@pytest.mark.parametrize(
    ("row", "reason", "mend"),
    [
        ("| | select_one fruits | f | F? | search('fruits') | | |", Reason.SEARCH, "select_one_from_file"),
        ("| | select_one_external city | f | F? | | state=${a} | |", Reason.EXTERNAL_SELECT, "select_one”"),
        ("| | text | f | F? | | | ${last-saved#a} |", Reason.LAST_SAVED, "take it out"),
    ],
)
def test_it_is_refused_with_its_row_and_what_to_write_instead(row: str, reason: Reason, mend: str) -> None:
    fault = refused(HEAD + row + CHOICES + EXTERNAL)
    assert (fault.reason, fault.sheet, fault.row) == (reason, "survey", 3)
    with use("en"):
        assert mend in in_words(fault)


def test_the_search_of_a_long_list_by_typing_is_ours() -> None:
    read = source.read((HEAD + "| | select_one fruits | f | F? | minimal search | | |" + CHOICES).encode())
    assert working.questions(working.compiled(read, {})) == 2


def refused(table: str) -> Fault:
    with pytest.raises(Faulty) as faulty:
        working.compiled(source.read(table.encode()), {})
    [fault] = faulty.value.faults
    return fault
