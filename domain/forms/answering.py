"""The running answers of one session: first values, an answer and its rules, instances, and the form's own events."""

from domain.forms.actions import FIRST_LOAD, LOAD, NEW_REPEAT, Action, targets
from domain.forms.choices import Choices
from domain.forms.fields import Field, grow
from domain.forms.graph import Computation, names_of_places
from domain.forms.plan import Plan
from domain.forms.preloads import is_end, preloaded
from domain.forms.recompute import Recompute
from domain.forms.rules import Rules
from domain.forms.schema import Spec
from domain.forms.setting import Setting, environment
from domain.forms.tree import Node
from domain.forms.xpath.environment import Context
from domain.forms.xpath.errors import XPathError

MOST_CHAINS = 30  # of events that set off events


class Answering:
    def __init__(self, plan: Plan, setting: Setting, language: str) -> None:
        self.plan, self.setting = plan, setting
        self.env = environment(plan, setting, language, choice_name=self._choice_name, itext=self._itext)
        self.choices = Choices(self.env, plan.kept, setting.seed)
        self.recompute = Recompute(
            plan.graph, self.env, self.choices.values, self.choices.order, plan.cast, setting.most
        )
        self.rules = Rules(self.env, self.choices, plan)
        self._changed: dict[Field, None] = {}
        self._new: list[Field] = []
        self.root: Field

    def plant(self, *, values: bool) -> Field:
        self.root = grow(self.plan.draft, None, values=values)
        self.env.root.append(self.root)
        return self.root

    def begin(self) -> None:
        """A new set of answers."""
        root = self.plant(values=True)
        self._preload(root)
        self.recompute.begin()
        self.recompute.settle_in(root)
        self.recompute.settle()
        for action in self.plan.actions:
            if action.events & {FIRST_LOAD, LOAD}:
                self._act(action, root)
        self.recompute.settle()
        self.listen()

    def listen(self) -> None:
        """From now on answers and new instances set off the form's events."""
        if self.plan.by_source:
            self.recompute.on_value = self._note_change
        self.recompute.on_new_instance = self._note_new

    def _preload(self, root: Field) -> None:
        for field in root.below():
            preload = field.spec.bind.preload
            if preload and not is_end(preload):
                field.base = preloaded(*preload, self.env, self.setting.properties) or field.base

    # A person's answer

    def answer(self, field: Field, words: str, language: str, *, force: bool) -> list[Field]:
        if not force:
            self.rules.require_open(field)
        value = self.rules.written(field, words, force=force)
        if not force:
            self.rules.require(field, value, language)
        ledger = self.recompute.begin()
        self.recompute.store(field, value)
        self._settle()
        return list(ledger.changed)

    def add(self, parent: Field, spec: Spec, after: int) -> Field:
        self.recompute.begin()
        field = self.recompute.insert(parent, spec, after)[0]
        self._settle()
        return field

    def remove(self, parent: Field, field: Field) -> None:
        self.recompute.begin()
        self.recompute.remove(parent, field)
        self._settle()

    def again(self, computations: list[Computation]) -> None:
        """What reads the clock, after a pause; what reads labels, in another language."""
        self.recompute.begin()
        for computation in computations:
            for field in self._all(computation):
                self.recompute.enqueue(computation, field)
        self._settle()

    def _all(self, computation: Computation) -> list[Field]:
        spec = computation.spec
        names = tuple(one.name for one in reversed(list(spec.lineage())))
        return self.root.reach(names_of_places(computation, names)[1:])

    # The form's events

    def _note_change(self, field: Field) -> None:
        if field.spec.path in self.plan.by_source:
            self._changed[field] = None

    def _note_new(self, instance: Field) -> None:
        self._new.append(instance)

    def _settle(self) -> None:
        fresh: set[Field] = set()
        for _ in range(MOST_CHAINS):
            self.recompute.settle()
            new, self._new = self._new, []
            for instance in new:
                fresh.update(instance.below())
                self._greet(instance)
            changed, self._changed = self._changed, {}
            for field in changed:
                if field not in fresh:
                    self._react(field)
            if not new and not changed:
                return

    def _greet(self, instance: Field) -> None:
        for action in self.plan.actions:
            if NEW_REPEAT in action.events and action.target.startswith(instance.spec.path + "/"):
                self._act(action, instance)
                self.recompute.settle()

    def _react(self, field: Field) -> None:
        for action in self.plan.by_source[field.spec.path]:
            self._act(action, field)

    def _act(self, action: Action, place: Field) -> None:
        if action.place:  # that is the person's to tell: Form.whereabouts
            return
        try:
            for field in targets(action, place, self.plan.specs, self.env):
                if field.relevant:
                    words = action.value.string(Context(field, self.env))
                    self.recompute.store(field, self.plan.cast(field.spec)(words))
        except XPathError as error:
            self.recompute.ledger.errors[action.target] = str(error)

    # What expressions may ask

    def _choice_name(self, value: str, question: Node) -> str:
        return self.choices.label(value, question, self.env.language or "") if isinstance(question, Field) else ""

    def _itext(self, key: str) -> str:
        entry = self.plan.texts.entry(key, self.env.language or "")
        context = Context(self.root, self.env)
        return "".join(part if isinstance(part, str) else part.string(context) for part in entry.words())
