"""Compiles the form's expressions, each text once, and notes what is wrong with them and where."""

from domain.forms.faults import Fault
from domain.forms.xpath.errors import XPathError
from domain.forms.xpath.expression import Expression
from domain.forms.xpath.expression import compile as compile_xpath

LONGEST = 100_000  # characters


class Expressions:
    """`used` keeps which expressions stand at which path, for the checks."""

    def __init__(self) -> None:
        self._compiled: dict[str, Expression] = {}
        self.faults: list[Fault] = []
        self.used: list[tuple[str, Expression]] = []

    def make(self, text: str, path: str) -> Expression:
        """Never fails: a faulty expression is noted and stands as ''."""
        text = text.strip()
        found = self._compiled.get(text)
        if found is None:
            found = self._compiled[text] = self._compile(text, path)
        self.used.append((path, found))
        return found

    def _compile(self, text: str, path: str) -> Expression:
        try:
            if len(text) > LONGEST:
                raise XPathError("it is too long")
            compiled = compile_xpath(text)
        except (XPathError, RecursionError) as error:
            self.faults.append(Fault(path, f"The expression “{shorten(text)}” cannot be read: {error}"))
            return compile_xpath("''")
        self.faults.extend(Fault(path, f"In “{shorten(text)}”: {problem.reason}") for problem in compiled.problems)
        return compiled


def shorten(text: str) -> str:
    return text if len(text) <= 120 else text[:119] + "…"
