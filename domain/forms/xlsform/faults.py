"""What is wrong with a questionnaire's file, with the sheet and the row where it is wrong."""

from dataclasses import dataclass
from enum import StrEnum

FAULTS_AT_MOST = 50


class Reason(StrEnum):
    NOT_A_FORM = "not_a_form"
    TOO_BIG = "too_big"
    ENTITY = "entity"
    NO_QUESTION = "no_question"
    NO_SHEET = "no_sheet"
    NO_COLUMN = "no_column"
    COLUMN = "column"
    NAME = "name"
    NAME_TWICE = "name_twice"
    NO_NAME = "no_name"
    NO_LABEL = "no_label"
    META = "meta"
    TAG_COLUMN = "tag_column"
    TYPE = "type"
    CHOICE_TWICE = "choice_twice"
    CHOICE_NAME = "choice_name"
    NO_LIST = "no_list"
    REFERENCE = "reference"
    YES_NO = "yes_no"
    BEGIN = "begin"
    END = "end"
    NO_CALCULATION = "no_calculation"
    # From here on: what pyxform takes and nobody could answer.
    EXPRESSION = "expression"
    FUNCTION = "function"
    CYCLE = "cycle"
    PATTERN = "pattern"
    REPEATS = "repeats"
    NO_FILE = "no_file"
    NO_PICTURE = "no_picture"
    UNREACHABLE = "unreachable"
    NO_CHOICE = "no_choice"
    SEARCH = "search"
    EXTERNAL_SELECT = "external_select"
    LAST_SAVED = "last_saved"
    OTHER = "other"


class Repair(StrEnum):
    """What can be mended without knowing what the author meant."""

    CHOICE_DUPLICATES = "choice_duplicates"
    META_GROUP = "meta_group"
    TAG_COLUMN = "tag_column"
    PHONE_TYPE = "phone_type"
    YES_NO = "yes_no"


REPAIRS = {
    Reason.CHOICE_TWICE: Repair.CHOICE_DUPLICATES,
    Reason.META: Repair.META_GROUP,
}


@dataclass(frozen=True)
class Fault:
    """`row` counts as a spreadsheet does, the header being 1; 0 is the whole sheet, or the file.

    `value` is what stands there, `mend` what should, or the tool's own English sentence where we have none.
    """

    reason: Reason
    sheet: str = ""
    row: int = 0
    value: str = ""
    mend: str = ""
    repair: Repair | None = None


class Faulty(Exception):
    """The file is no form that could be answered; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults)
        self.faults = faults[:FAULTS_AT_MOST]
