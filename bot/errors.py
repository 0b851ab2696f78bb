"""What is wrong with how the program was set up: told in one sentence with the mend, and without a traceback."""

from __future__ import annotations


class OperatorError(Exception):
    """`args[0]` names the setting, row or value, and what to do."""
