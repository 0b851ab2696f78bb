"""A questionnaire, read and compiled once, shared by all who answer it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from domain.forms.actions import FIRST_LOAD
from domain.forms.asked import Choice, Kind, Question, Section
from domain.forms.checks import check
from domain.forms.choices import all_items
from domain.forms.faults import Fault, FormError
from domain.forms.kinds import kind_of
from domain.forms.limits import MOST_INSTANCES
from domain.forms.plan import Plan, plan_form
from domain.forms.schema import Spec
from domain.forms.tree import DOCUMENT, Node
from domain.forms.xform import read
from domain.forms.xpath.environment import Environment

NO_MEDIA: Mapping[str, bytes] = MappingProxyType({})
__all__ = ["MOST_INSTANCES", "Form", "compile_form", "read_form"]


@dataclass(frozen=True)
class Form:
    """Never changes after `compile_form`; any number of sessions may use it at once."""

    id: str
    version: str
    title: str
    languages: tuple[str, ...]  # as the form writes them: "English (en)"; empty where it has only one
    default_language: str
    questions: tuple[Question, ...]  # in the form's order, hidden ones left out
    sections: tuple[Section, ...]
    warnings: tuple[Fault, ...] = ()
    plan: Plan = field(repr=False, compare=False, kw_only=True)

    @property
    def whereabouts(self) -> tuple[str, ...]:
        """Where the form would like to know where the person is when they begin (start-geopoint)."""
        wanted = (one for one in self.plan.actions if one.place and FIRST_LOAD in one.events and not one.source)
        return tuple(one.target for one in wanted if one.target in self.plan.specs)

    def label(self, path: str, language: str = "") -> str:
        """The label of a question, group or repeat; what it takes from answers stands as "…"."""
        plan = self.plan
        spec = plan.specs[path]
        holder = spec.control or spec.repeat or spec.group
        language = language or self.default_language
        return holder.label.text(language, None).strip() if holder and holder.label else ""

    def choices(self, path: str, language: str = "") -> tuple[Choice, ...]:
        """All choices of a question, whatever its filter: for tables, summaries and exports."""
        control = self.plan.specs[path].control
        if control is None:
            return ()
        env = _bare(self.plan)
        pairs: tuple[tuple[str, Node], ...] = ()
        if control.itemset:
            pairs = _unfiltered(self.plan, control.itemset.nodes.text, control.itemset.value.text, env)
        return tuple(all_items(control, pairs, language or self.default_language, env))


def _bare(plan: Plan) -> Environment:
    now = datetime(1970, 1, 1, tzinfo=UTC)
    return Environment(
        root=Node("", kind=DOCUMENT),
        now=lambda: now,
        zone=UTC,
        random=lambda: 0.0,
        uuid=lambda: "",
        instances=plan.instances,
    )


def _unfiltered(plan: Plan, nodes: str, value: str, env: Environment) -> tuple[tuple[str, Node], ...]:
    """The rows of the list an itemset is taken from, each value once."""
    name = nodes.partition("instance(")[2].lstrip()[1:].partition("'")[0].partition('"')[0]
    holder = plan.instances.get(name)
    if holder is None or not holder.elements:
        return ()
    found: dict[str, Node] = {}
    for item in holder.elements[0].elements:
        inner = item.child(value.strip())
        if inner is not None:
            found.setdefault(inner.text, item)
    return tuple(found.items())


def compile_form(xml: str | bytes, media: Mapping[str, bytes] = NO_MEDIA) -> Form:
    """Reads an XForm as pyxform makes it; `media` holds external instances by file name ("villages.csv").

    Raises FormError with all faults that were found.
    """
    plan = plan_form(read(xml), media)
    faults, warnings = check(plan)
    if faults:
        raise FormError(faults)
    return _form(plan, tuple(warnings))


def read_form(xml: str | bytes, media: Mapping[str, bytes] = NO_MEDIA) -> Form:
    """The same for a form whose faults are borne, as other engines do: to compare with them, never to publish."""
    return _form(plan_form(read(xml), media), ())


def _form(plan: Plan, warnings: tuple[Fault, ...]) -> Form:
    primary, texts = plan.document.primary, plan.texts
    languages = tuple(one for one in texts.languages if one != "default")
    questions = tuple(_questions(plan.root))
    return Form(
        id=primary.attribute("id") or primary.namespace or "",
        version=primary.attribute("version") or "",
        title=plan.document.title,
        languages=languages,
        default_language=texts.default,
        questions=questions,
        sections=tuple(_sections(plan.root, questions)),
        warnings=warnings,
        plan=plan,
    )


def _questions(root: Spec) -> Iterator[Question]:
    for spec in root.below():
        kind = kind_of(spec)
        if kind == Kind.HIDDEN or spec.control is None:
            continue
        line = list(spec.lineage())[1:-1]
        yield Question(
            path=spec.path,
            name=spec.name,
            kind=kind,
            type=spec.bind.type,
            appearance=spec.control.appearance,
            section=line[-1].path if line else "",
            repeat=next((one.path for one in line if one.repeat), ""),
        )


def _sections(root: Spec, questions: tuple[Question, ...]) -> Iterator[Section]:
    for spec in root.children:
        asked = sum(one.section == spec.path and one.kind != Kind.NOTE for one in questions)
        if not spec.leaf and (asked or spec.group or spec.repeat):
            yield Section(spec.path, spec.name, asked)
