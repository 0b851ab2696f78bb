"""All sweeps, and how often each runs."""

from __future__ import annotations

from datetime import timedelta

from scheduler import (
    assemblies,
    board_news,
    budget_looks,
    budget_sendings,
    bury_forgotten,
    close_choosings,
    close_polls,
    dialogues,
    grant_reminders,
    group_questions,
    ledger_heads,
    left_lying,
    mandates,
    meeting_reminders,
    minutes_reminders,
    new_photos,
    new_words,
    promise_digests,
    promise_news,
    promise_notices,
    promise_reminders,
    promise_states,
    publish_counts,
    retention,
    training_reminders,
    voices,
    watch_answers,
    year_reminders,
)
from scheduler.jobs import Job

MINUTE, TEN_MINUTES, HOUR, DAY = timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)


def table(secret: str) -> tuple[Job, ...]:
    """`secret` signs the heads of the ledger."""
    return (
        Job("training_reminders", MINUTE, training_reminders.sweep, training_reminders.next_due),
        Job("promise_reminders", TEN_MINUTES, promise_reminders.sweep, promise_reminders.next_due),
        Job("promise_notices", HOUR, promise_notices.sweep, promise_notices.next_due),
        Job("promise_digests", HOUR, promise_digests.sweep, promise_digests.next_due),
        Job("promise_news", TEN_MINUTES, promise_news.sweep, promise_news.next_due),
        Job("board_news", HOUR, board_news.sweep, board_news.next_due),
        Job("promise_states", TEN_MINUTES, promise_states.sweep, promise_states.next_due),
        Job("close_polls", TEN_MINUTES, close_polls.sweep, close_polls.next_due),
        Job("close_choosings", TEN_MINUTES, close_choosings.sweep, close_choosings.next_due),
        Job("watch_answers", TEN_MINUTES, watch_answers.sweeper(secret.encode()), watch_answers.next_due),
        Job("publish_counts", HOUR, publish_counts.sweep, publish_counts.next_due),
        Job("new_photos", TEN_MINUTES, new_photos.sweep, new_photos.next_due),
        Job("new_words", TEN_MINUTES, new_words.sweep, new_words.next_due),
        Job("group_questions", MINUTE, group_questions.sweep, group_questions.next_due),
        Job("dialogues", TEN_MINUTES, dialogues.sweep, dialogues.next_due),
        Job("mandates", TEN_MINUTES, mandates.sweep, mandates.next_due),
        Job("meeting_reminders", TEN_MINUTES, meeting_reminders.sweep, meeting_reminders.next_due),
        Job("minutes_reminders", TEN_MINUTES, minutes_reminders.sweep, minutes_reminders.next_due),
        Job("grant_reminders", HOUR, grant_reminders.sweep, grant_reminders.next_due),
        Job("left_lying", TEN_MINUTES, left_lying.sweep, left_lying.next_due),
        Job("bury_forgotten", MINUTE, bury_forgotten.sweep, bury_forgotten.next_due),
        Job("voices", TEN_MINUTES, voices.sweep, voices.next_due),
        Job("retention", DAY, retention.sweep, retention.next_due),
        Job("year_reminders", HOUR, year_reminders.sweep, year_reminders.next_due),
        Job("budget_looks", HOUR, budget_looks.sweep, budget_looks.next_due),
        Job("budget_sendings", TEN_MINUTES, budget_sendings.sweep, budget_sendings.next_due),
        Job("assemblies", TEN_MINUTES, assemblies.sweep, assemblies.next_due),
        Job("ledger_heads", HOUR, ledger_heads.sweeper(secret.encode()), ledger_heads.next_due),
    )
