"""A form of 300 questions with skip logic, as a community profile has it, and answers to it."""

from __future__ import annotations

SECTIONS, SHORTEST = 15, 8  # of a long form; a section has no fewer questions
CHOICES = ("yes", "no", "unknown")


def sections(questions: int) -> int:
    return max(1, min(SECTIONS, questions // SHORTEST))


def table(questions: int) -> str:
    """The XLSForm: sections of choices, numbers and words; every third question depends on one before it, numbers are
    bounded and summed up, a list is filtered by the answer before."""
    rows = ["| survey |", "| | type | name | label | relevant | constraint | required | choice_filter | calculation |"]
    each = questions // sections(questions)
    for section in range(sections(questions)):
        rows.append(f"| | begin group | s{section} | Section {section} | | | | | |")
        rows += [_row(section * each + number) for number in range(each)]
        numbers = " + ".join(f"coalesce(${{q{section * each + at}}}, 0)" for at in range(1, each, 6))
        rows.append(f"| | calculate | sum{section} | | | | | | {numbers} |")
        rows.append("| | end group | | | | | | | |")
    total = " + ".join(f"${{sum{section}}}" for section in range(sections(questions)))
    rows.append(f"| | calculate | total | | | | | | {total} |")
    return "\n".join(rows + _choices())


def _row(number: int) -> str:
    before = f"${{q{number - number % 6}}} = 'yes'" if number % 3 == 2 else ""
    words = f"Question {number}"
    kind, constraint, choices = "text", "", ""
    if number % 6 == 0:
        kind = "select_one answer"
    elif number % 6 == 1:
        kind, constraint = "integer", ". >= 0 and . < 1000"
    elif number % 6 == 3:
        kind = "select_multiple answer"
    elif number % 6 == 4:
        kind, choices = "select_one village", f"district = ${{q{number - 4}}}"
    elif number % 6 == 5:
        words += f" after ${{q{number - 4}}}"
    return f"| | {kind} | q{number} | {words} | {before} | {constraint} | | {choices} | |"


def _choices() -> list[str]:
    rows = ["| choices |", "| | list_name | name | label | district |"]
    rows += [f"| | answer | {name} | {name.title()} | |" for name in CHOICES]
    return rows + [f"| | village | v{at} | Village {at} | {CHOICES[at % 3]} |" for at in range(90)]


def answers(questions: int) -> list[tuple[str, str]]:
    """For every question one that fits."""
    each = questions // sections(questions)
    return [(f"/data/s{number // each}/q{number}", answer(number)) for number in range(questions)]


def answer(number: int) -> str:
    return {0: "yes", 1: "17", 3: "yes unknown", 4: "v3"}.get(number % 6, f"words {number}")
