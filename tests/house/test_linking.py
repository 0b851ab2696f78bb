"""Whatever names a person is decided about when two people turn out to be one."""

from sqlalchemy import Column

from storage.joining import NAMED
from storage.tables.all import metadata
from storage.tables.people import people

# Each in its own way: joining.py, joined_answers.py, joined_ballots.py, joined_duties.py, joined_runs.py.
BROUGHT = {
    "addresses.person_id",
    "answers.person_id",
    "ballots.person_id",
    "dialogue_votes.person_id",
    "fills.person_id",
    "follows.person_id",
    "group_answers.person_id",
    "inbox.person_id",
    "mandate_voters.person_id",
    "place_follows.person_id",
    "promise_follows.person_id",
    "promise_tasks.person_id",
    "roles.person_id",
    "runs.person_id",
    "severities.person_id",
    "training_invites.person_id",
    "work.person_id",
}
# Stays with the one who sleeps: docs/adr/0030-two-phones-are-one-person.md says why.
RESTS = {
    "form_calls.opened_by",
    "form_versions.made_by",
    "forms.created_by",
    "answer_changes.person_id",
    "agreed_lists.recorded_by",
    "choosings.opened_by",
    "consents.person_id",
    "election_weeks.set_by",
    "group_rules.set_by",
    "posts.set_by",
    "dialogues.opened_by",
    "group_chats.chat_id",
    "group_codes.chat_id",
    "group_posts.chat_id",
    "guesses.person_id",
    "link_codes.person_id",
    "links.joined_id",
    "links.person_id",
    "mandates.opened_by",
    "media.person_id",
    "needs.released_by",
    "outbox.person_id",
    "passes.person_id",
    "polls.opened_by",
    "roles.confirmed_by",
    "trainings.created_by",
}


def test_every_column_that_names_a_person_is_decided_about() -> None:
    naming = {_name(column) for table in metadata.sorted_tables for column in table.columns if _of_people(column)}
    named = {_name(column) for column in NAMED}
    assert naming - named - BROUGHT - RESTS == set(), "say in the record and here what becomes of it"
    assert (named | BROUGHT | RESTS) - naming == set(), "it is no longer there"


def _of_people(column: Column[object]) -> bool:
    return any(key.column is people.c.id for key in column.foreign_keys)


def _name(column: Column[object]) -> str:
    return f"{column.table}.{column.name}"
