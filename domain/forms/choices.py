"""The choices of a question as they are now: filtered, shuffled, in the language of the session."""

import random

from domain.forms.asked import Choice
from domain.forms.controls import Control, Itemset
from domain.forms.fields import Field
from domain.forms.texts import SILENCE, Saying
from domain.forms.tree import Node
from domain.forms.xpath.environment import Context, Environment
from domain.forms.xpath.errors import XPathError

CHANCE = frozenset(("random", "randomize", "uuid"))


def constant(itemset: Itemset) -> bool:
    """Whether the same nodes come out whatever is answered: they are looked up once for all sessions."""
    expression = itemset.nodes
    return not expression.functions & (CHANCE | {"now", "today"}) and all(
        one.instance is not None for one in expression.references
    )


class Choices:
    """`kept` belongs to the form and is shared: what is constant is put into it once."""

    def __init__(self, env: Environment, kept: dict[str, tuple[tuple[str, Node], ...]], seed: int) -> None:
        self.env, self._kept, self._seed = env, kept, seed
        self._values: dict[str, frozenset[str]] = {}
        self._spoken: dict[tuple[str, str], tuple[Choice, ...]] = {}

    def values(self, field: Field) -> frozenset[str] | None:
        """None where the question has no choices of its own to hold an answer against."""
        control = field.spec.control
        if control is None or (not control.items and control.itemset is None):
            return None
        found = self._values.get(control.path)
        if found is None:
            if control.itemset is None:
                found = frozenset(item.value for item in control.items)
            else:
                found = frozenset(value for value, _ in self._pairs(field, control.itemset))
                if not constant(control.itemset):
                    return found
            self._values[control.path] = found
        return found

    def order(self, field: Field) -> list[str]:
        """The values as they are offered."""
        control = field.spec.control
        if control is None:
            return []
        if control.itemset is None:
            return [item.value for item in control.items]
        return [value for value, _ in self._pairs(field, control.itemset)]

    def offered(self, field: Field, language: str) -> tuple[Choice, ...]:
        control = field.spec.control
        if control is None:
            return ()
        key = (control.path, language)
        found = self._spoken.get(key)
        if found is None:
            found, lasting = self._say(field, control, language)
            if lasting:
                self._spoken[key] = found
        return found

    def _say(self, field: Field, control: Control, language: str) -> tuple[tuple[Choice, ...], bool]:
        """The choices, and whether they are the same whatever is answered."""
        rows: list[tuple[str, Saying | None, Context]]
        if control.itemset is None:
            rows = [(item.value, item.label, Context(field, self.env)) for item in control.items]
        else:
            label = control.itemset.label
            rows = [(value, label, Context(node, self.env)) for value, node in self._pairs(field, control.itemset)]
        lasting = (control.itemset is None or constant(control.itemset)) and all(
            label is None or label.lasting(language, context) for _, label, context in rows
        )
        return tuple(_choice(value, label, language, context) for value, label, context in rows), lasting

    def label(self, value: str, field: Field, language: str) -> str:
        """For jr:choice-name(): also of a choice that the filter hides now it knows the words, if the form does."""
        control = field.spec.control
        if control is None:
            return ""
        for item in control.items:
            if item.value == value:
                return _choice(value, item.label, language, Context(field, self.env)).label
        if control.itemset:
            for one, node in self._pairs(field, control.itemset):
                if one == value:
                    return _choice(one, control.itemset.label, language, Context(node, self.env)).label
        return ""

    def _pairs(self, field: Field, itemset: Itemset) -> tuple[tuple[str, Node], ...]:
        path = field.spec.path
        found = self._kept.get(path)
        if found is not None:
            return found
        found = self._look(field, itemset)
        if constant(itemset):
            self._kept[path] = found
        return found

    def _look(self, field: Field, itemset: Itemset) -> tuple[tuple[str, Node], ...]:
        env = self.env
        usual = env.random
        if CHANCE & itemset.nodes.functions:
            # A question keeps the order of its choices for as long as the session lives.
            env.random = random.Random(f"{self._seed} {field.reference}").random
        try:
            nodes = itemset.nodes.nodes(Context(field, env))
            return tuple((itemset.value.string(Context(node, env)), node) for node in nodes)
        except XPathError:
            return ()
        finally:
            env.random = usual


def _choice(value: str, label: Saying | None, language: str, context: Context) -> Choice:
    spoken = label.spoken(language, context) if label else SILENCE
    return Choice(value, label.text(language, context) if label else value, spoken.media)


def all_items(control: Control, kept: tuple[tuple[str, Node], ...], language: str, env: Environment) -> list[Choice]:
    """For lists and tables, where no session is."""
    if control.itemset is None:
        return [
            Choice(item.value, item.label.text(language, None), item.label.entry(language, None).media)
            if item.label
            else Choice(item.value, item.value)
            for item in control.items
        ]
    label = control.itemset.label
    return [_choice(value, label, language, Context(node, env)) for value, node in kept]
