"""Whether an answer may stand: its type, its choices, the form's constraint, and whether it may be left out."""

from domain.forms.choices import Choices
from domain.forms.faults import Violation
from domain.forms.fields import Field
from domain.forms.plan import Plan
from domain.forms.texts import Saying
from domain.forms.xpath.environment import Context, Environment
from domain.forms.xpath.errors import XPathError
from domain.forms.xpath.expression import Expression


class Rules:
    def __init__(self, env: Environment, choices: Choices, plan: Plan) -> None:
        self.env, self.choices, self.plan = env, choices, plan

    def written(self, field: Field, words: str, *, force: bool) -> str:
        """The answer as it is stored. Raises Violation for what is no number, no date, no choice; with `force` such
        words become empty, as in web-forms."""
        value = self.plan.cast(field.spec)(words)
        if words.strip() and not value and not force:
            raise Violation(field.reference, "type")
        control = field.spec.control
        if value and control and control.tag in ("select", "select1", "rank"):
            return self._chosen(field, value, force=force)
        return value

    def _chosen(self, field: Field, value: str, *, force: bool) -> str:
        tag = field.spec.control.tag if field.spec.control else ""
        words = [value] if tag == "select1" else value.split()
        known = list(dict.fromkeys(self.choices.order(field)))
        if not force and any(word not in known for word in words):
            raise Violation(field.reference, "choice")
        if tag == "rank":
            if not force and sorted(words) != sorted(known):
                raise Violation(field.reference, "choice")
            return value
        chosen = [word for word in known if word in words]
        return " ".join(chosen[:1] if tag == "select1" else chosen)

    def require_open(self, field: Field) -> None:
        """Raises Violation where the question is not asked now."""
        if not field.relevant:
            raise Violation(field.reference, "hidden")
        if self.readonly(field):
            raise Violation(field.reference, "readonly")

    def require(self, field: Field, value: str, language: str) -> None:
        """JavaRosa's rule: what the form refuses is not stored. Raises Violation."""
        if not value:
            if self.required(field):
                raise Violation(field.reference, "required", self.words(field, "required", language))
            return
        before = field.content or ""
        field.say(value)  # a constraint looks at the new answer, at "." and by the question's name
        try:
            if not self.satisfied(field):
                raise Violation(field.reference, "constraint", self.words(field, "constraint", language))
        finally:
            field.say(before)

    def required(self, field: Field) -> bool:
        return self._truth(field.spec.bind.required, field, otherwise=False)

    def readonly(self, field: Field) -> bool:
        """Its own, or that of a group around it."""
        one: Field | None = field
        while one is not None:
            if self._truth(one.spec.bind.readonly, one, otherwise=False):
                return True
            one = one.parent if isinstance(one.parent, Field) else None
        return False

    def satisfied(self, field: Field) -> bool:
        return self._truth(field.spec.bind.constraint, field, otherwise=True)

    def violated(self, field: Field) -> str | None:
        """Which rule the node breaks as it stands: "constraint", "required" or None."""
        if not field.relevant:
            return None
        if field.content:
            return None if self.satisfied(field) else "constraint"
        return "required" if self.required(field) else None

    def words(self, field: Field, rule: str, language: str) -> str:
        bind = field.spec.bind
        saying: Saying | None = bind.required_message if rule == "required" else bind.constraint_message
        return saying.text(language, Context(field, self.env)).strip() if saying else ""

    def _truth(self, expression: Expression | None, field: Field, *, otherwise: bool) -> bool:
        if expression is None:
            return otherwise
        try:
            return expression.boolean(Context(field, self.env))
        except (XPathError, RecursionError):
            return otherwise  # a rule that cannot be worked out must not hold a person up
