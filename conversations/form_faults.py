"""What is wrong with a questionnaire's file, row by row, in plain words, and what to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.forms.xlsform.faults import Fault, Reason, Repair
from locales import _, ngettext

SHOWN = 8
MILLION = 1_000_000


def faults(found: Sequence[Fault]) -> str:
    count = len(found)
    head = ngettext(
        "The form cannot be used yet: {count} thing has to be mended.",
        "The form cannot be used yet: {count} things have to be mended.",
        count,
    ).format(count=count)
    lines = [f"• {in_words(fault)}" for fault in found[:SHOWN]]
    if count > SHOWN:
        lines.append(ngettext("… and {count} more.", "… and {count} more.", count - SHOWN).format(count=count - SHOWN))
    return "\n".join([head, *lines])


def in_words(fault: Fault) -> str:
    facts = {"value": fault.value, "mend": fault.mend}
    if fault.reason is Reason.TOO_BIG:
        facts = {"value": _size(fault.value), "mend": _size(fault.mend)}
    words = WORDS[fault.reason]().format(**facts)
    if fault.row:
        where = _("Sheet “{sheet}”, row {row}:").format(sheet=fault.sheet, row=fault.row)
        return f"{where} {words}"
    if fault.sheet:
        return "{} {}".format(_("Sheet “{sheet}”:").format(sheet=fault.sheet), words)
    return words


def _size(number: str) -> str:
    return f"{max(1, int(number) // MILLION)} MB" if number.isdecimal() else number


# Functions, since words have a language only inside a turn.
WORDS: dict[Reason, Callable[[], str]] = {
    Reason.NOT_A_FORM: lambda: _(
        "This file is not a form that I can read. Please send an XLSForm: a table saved as .xlsx, .xls or .csv."
    ),
    Reason.TOO_BIG: lambda: _("The table is too large ({value}; I can take {mend}). Please take out what is not used."),
    Reason.ENTITY: lambda: _("The file carries code that has no place in a table. Please save it once more in Excel."),
    Reason.NO_SHEET: lambda: _("The sheet “{mend}” is missing. These are there: {value}."),
    Reason.NO_COLUMN: lambda: _("The column “{mend}” is missing."),
    Reason.NO_QUESTION: lambda: _("There is no question in it yet."),
    Reason.COLUMN: lambda: _("The column “{value}” has a name with a space in it. Please take the space out."),
    Reason.NAME: lambda: _(
        "“{value}” cannot be a name. A name has Latin letters, digits and _ and begins with a letter."
    ),
    Reason.NAME_TWICE: lambda: _("The name “{value}” is there twice. Please give one of the two another name."),
    Reason.NO_NAME: lambda: _("The column “name” is empty. Please give the question a name."),
    Reason.NO_LABEL: lambda: _("“{value}” has no words to show. Please write them into the column “label”."),
    Reason.META: lambda: _("A group may not be called “meta”: please call it otherwise."),
    Reason.TAG_COLUMN: lambda: _("The column “{value}” is of no use here and breaks the form. Please delete it."),
    Reason.TYPE: lambda: _("I do not know the type of question “{value}”. Please look at the column “type”."),
    Reason.CHOICE_TWICE: lambda: _("The choice “{value}” is in its list twice."),
    Reason.CHOICE_NAME: lambda: _("A choice has no name. Please fill in the column “name”."),
    Reason.NO_LIST: lambda: _("The list of choices is missing (“{value}”). Please write it on the sheet “choices”."),
    Reason.REFERENCE: lambda: _("There is no question named “{value}”. Please look at what stands in ${{…}}."),
    Reason.YES_NO: lambda: _("“{value}” is neither yes nor no. Please write “{mend}”."),
    Reason.BEGIN: lambda: _("The group “{value}” begins and does not end: an “end group” is missing."),
    Reason.END: lambda: _("A group ends here that did not begin: there is an “end group” too many."),
    Reason.NO_CALCULATION: lambda: _("“{value}” has nothing to calculate. Please fill in the column “calculation”."),
    Reason.EXPRESSION: lambda: _("I cannot read this condition or calculation: {value}"),
    Reason.FUNCTION: lambda: _("I do not know the function {value}."),
    Reason.CYCLE: lambda: _("“{value}” depends on itself, in a circle. Please break the circle."),
    Reason.PATTERN: lambda: _("The pattern {value} could take hours to check. Please write a simpler one."),
    Reason.REPEATS: lambda: _("“{value}” would be repeated too often; I can take {mend} rounds at most."),
    Reason.NO_FILE: lambda: _("The form needs the file “{value}”. Please send it together with the form."),
    Reason.NO_PICTURE: lambda: _(
        "The file “{value}” is not a picture that I can show. Please save it as JPEG or PNG and send it again."
    ),
    Reason.UNREACHABLE: lambda: _("Nobody would ever be asked “{value}”: its condition can never be true."),
    Reason.NO_CHOICE: lambda: _("“{value}” has no choice that anybody could press."),
    Reason.SEARCH: lambda: _(
        "I cannot take choices by {value}. Please use the type “select_one_from_file”, and “choice_filter” to narrow "
        "them."
    ),
    Reason.EXTERNAL_SELECT: lambda: _(
        "“{value}” is of the type “select_one_external”, which I cannot ask. Please use “select_one” with its choices "
        "on the sheet “choices”; “choice_filter” stays as it is."
    ),
    Reason.LAST_SAVED: lambda: _(
        "“{value}” wants the answer from the form sent before (last-saved#), which I do not keep for the next one. "
        "Please take it out."
    ),
    Reason.OTHER: lambda: _("The form reader says: {mend}"),
}


def repairs(found: Sequence[Repair]) -> str:
    return "\n".join(f"• {REPAIR_WORDS[repair]()}" for repair in dict.fromkeys(found))


REPAIR_WORDS: dict[Repair, Callable[[], str]] = {
    Repair.CHOICE_DUPLICATES: lambda: _("allow a choice to be in its list twice"),
    Repair.META_GROUP: lambda: _("call the group “meta” “meta_group”"),
    Repair.TAG_COLUMN: lambda: _("take out the column “instance::tag”"),
    Repair.PHONE_TYPE: lambda: _("ask for phone numbers as text"),
    Repair.YES_NO: lambda: _("write yes and no in full"),
}
