"""Where a form shows a picture or plays something beside its words, and which files that takes."""

from collections.abc import Iterator

from domain.forms.asked import Choice
from domain.forms.form import Form

MOST_CHOICES = 60  # on one picture


def files(form: Form) -> list[str]:
    """The names of all pictures, recordings and films, in every language."""
    texts = form.plan.texts
    found = (name for key in texts.ids for entry in texts.all(key) for name in entry.media.values())
    return sorted({name for name in found if name})


def pictures(form: Form) -> set[str]:
    """Those of the files that are looked at, not heard or played."""
    texts = form.plan.texts
    entries = [entry.media for key in texts.ids for entry in texts.all(key)]
    return {media[kind] for media in entries for kind in ("image", "big-image") if media.get(kind)}


def paths(form: Form) -> Iterator[str]:
    """The questions that have any of it, in their label or at a choice."""
    if not files(form):
        return
    plan = form.plan
    for question in form.questions:
        control = plan.specs[question.path].control
        label = control.label if control else None
        spoken = label is not None and any(label.entry(one, None).media for one in languages(form))
        if spoken or any(choices(form, question.path, one) for one in languages(form)):
            yield question.path


def languages(form: Form) -> tuple[str, ...]:
    return form.languages or (form.default_language,)


def image(choice: Choice) -> str:
    return choice.media.get("image") or choice.media.get("big-image") or ""


def choices(form: Form, path: str, language: str) -> tuple[Choice, ...]:
    """All choices of a question, where any has a picture and they have room on one; their order is their numbers."""
    found = form.choices(path, language)
    return found if len(found) <= MOST_CHOICES and any(map(image, found)) else ()
