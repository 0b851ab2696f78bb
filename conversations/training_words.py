"""A training in words: what, when, where."""

from __future__ import annotations

from datetime import datetime, tzinfo

from babel.dates import format_datetime

from domain.trainings import Audience, Kind, Repeat, Topic
from locales import _, current
from storage.training_reading import Training


def kind(name: str) -> str:
    return {
        Kind.TRAINING: _("Training"),
        Kind.MEETING: _("Information meeting"),
        Kind.CONSULTATION: _("Consultation"),
    }[Kind(name)]


def topic(name: str, words: str | None = None) -> str:
    known = {
        Topic.LAW: _("the law on self-government"),
        Topic.PROCEDURES: _("the municipality's procedures"),
        Topic.TAKING_PART: _("how to take part"),
    }
    return words or known.get(Topic(name), "")


def audience(name: str) -> str:
    return {
        Audience.GROUPS: _("Self-help groups"),
        Audience.RESIDENTS: _("Residents"),
        Audience.OFFICIALS: _("Officials"),
    }[Audience(name)]


def repeat(name: str) -> str:
    return {
        Repeat.ONCE: _("Once"),
        Repeat.WEEKLY: _("Every week"),
        Repeat.MONTHLY: _("Every month"),
    }[Repeat(name)]


def when(starts_at: datetime, zone: tzinfo) -> str:
    return format_datetime(starts_at.astimezone(zone), "EEEE, d MMMM, HH:mm", locale=current())


def card(training: Training, zone: tzinfo) -> str:
    return "\n".join([what(training), f"🗓 {when(training.starts_at, zone)}", f"📍 {training.place}"])


def what(training: Training) -> str:
    return f"{kind(training.kind)}: {topic(training.topic, training.words)}"


def short(training: Training, zone: tzinfo) -> str:
    """For a button: the day first, since that is what people look for."""
    day = format_datetime(training.starts_at.astimezone(zone), "d MMM HH:mm", locale=current())
    mark = "✕ " if training.cancelled else ""
    return f"{mark}{day} {topic(training.topic, training.words)}"
