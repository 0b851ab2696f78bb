"""What the rules of the domain say no with."""

from __future__ import annotations


class Refused(Exception):
    """The rules do not allow it now; `reason` is a stable key whose words are in conversations/refusals.py."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(reason)
