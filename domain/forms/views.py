"""A node as a person sees it, as the reference engine shows it, and what is still wrong with the whole."""

from collections.abc import Iterator

from domain.forms.answering import Answering
from domain.forms.asked import Asked, Kind, State, Wrong
from domain.forms.fields import Field
from domain.forms.kinds import engine_word, is_note, kind_of
from domain.forms.schema import Spec
from domain.forms.texts import SILENCE, Saying, Spoken
from domain.forms.xpath.environment import Context


def asked(live: Answering, field: Field, language: str) -> Asked:
    spec, rules, context = field.spec, live.rules, Context(field, live.env)
    control = spec.control
    holder = control or spec.repeat or spec.group
    label = _spoken(holder.label if holder else None, language, context)
    hint = _spoken(control.hint if control else None, language, context)
    required = rules.required(field)
    return Asked(
        ref=field.reference,
        path=spec.path,
        kind=kind_of(spec),
        label=label.text,
        hint=hint.text,
        guidance=hint.guidance or label.guidance,
        media=label.media,
        choices=live.choices.offered(field, language),
        required=required,
        required_message=rules.words(field, "required", language) if required else "",
        readonly=rules.readonly(field),
        relevant=field.relevant,
        appearance=holder.appearance if holder else (),
        parameters=control.parameters if control else {},
        value=field.text if spec.leaf else "",
    )


def asked_range(live: Answering, parent: Field, spec: Spec, language: str) -> Asked:
    """A repeat as a whole, as for "one more?"."""
    repeat = spec.repeat
    label = _spoken(repeat.label if repeat else None, language, Context(parent, live.env))
    return Asked(
        ref=parent.reference + spec.tail,
        path=spec.path,
        kind=Kind.HIDDEN,
        label=label.text,
        hint="",
        guidance="",
        media=label.media,
        choices=(),
        required=False,
        required_message="",
        readonly=False,
        relevant=parent.relevant,
        appearance=repeat.appearance if repeat else (),
        parameters={},
        value="",
    )


def _spoken(saying: Saying | None, language: str, context: Context) -> Spoken:
    return saying.spoken(language, context) if saying else SILENCE


def state(live: Answering, field: Field, language: str) -> State:
    spec, rules = field.spec, live.rules
    control = spec.control
    kind = "repeat-instance" if spec.repeat else engine_word(spec)
    holder = control or spec.repeat or spec.group
    saying = holder.label if holder else None
    leaf = spec.leaf
    return State(
        kind=kind,
        relevant=field.relevant,
        value=field.content or "" if leaf else None,
        required=rules.required(field),
        readonly=kind == "note" or rules.readonly(field),
        violation=rules.violated(field) if leaf else None,
        label=saying.whole(language, Context(field, live.env)) if saying else "",
        choices=live.choices.offered(field, language) if kind in ("select", "rank") else None,
    )


def wrongs(live: Answering, language: str) -> Iterator[Wrong]:
    for field in live.root.below():
        if not field.spec.leaf or field.spec.control is None or is_note(field.spec):
            continue
        rule = live.rules.violated(field)
        if rule and not live.rules.readonly(field):
            yield Wrong(field.reference, rule, live.rules.words(field, rule, language))
