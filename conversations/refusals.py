"""What is said when the rules say no."""

from __future__ import annotations

from collections.abc import Callable

from domain.refusal import Refused
from locales import _

# Functions, since words have a language only inside a turn.
WORDS: dict[str, Callable[[], str]] = {
    "not_allowed": lambda: _("Only those who were asked to do this can do it. Please ask your coordinator."),
    "several_municipalities": lambda: _(
        "These communities lie in different municipalities. Please choose those of one."
    ),
    "meeting_too_soon": lambda: _("Officials need the issues ten days before at least. Please choose a later day."),
    "entry_unknown": lambda: _("I could not read this entry. Please write it once more."),
    "entry_wrong": lambda: _("Something is missing or too long in this entry. Please look at it once more."),
    "poll_closed": lambda: _("This poll is closed. Thank you for wanting to answer."),
    "already_answered": lambda: _("Your answer is already here; it counts once."),
    "invitation_used": lambda: _("This invitation was used already. Please ask for a new one."),
    "invitation_expired": lambda: _("This invitation is too old. Please ask for a new one."),
    "invitation_unknown": lambda: _("I do not know this invitation. Please ask for the link once more."),
    "already_yours": lambda: _(
        "You have this role already. If the invitation is for somebody else, please forward it."
    ),
    "training_is_past": lambda: _("That moment is past already. Please choose a later one."),
    "training_is_over": lambda: _("This training is over or cancelled."),
    "too_young": lambda: _("This is for people of {age} and older. Thank you for wanting to take part."),
    "already_decided": lambda: _("Somebody has decided about this already."),
    "poll_not_yet_open": lambda: _("This poll has not begun yet."),
    "poll_elsewhere": lambda: _("This poll is for other villages."),
    "poll_without_villages": lambda: _("Please choose at least one village."),
    "poll_ends_before_it_begins": lambda: _("The last day is before the first. Please look at the days again."),
    "poll_is_past": lambda: _("That day is past already. Please choose a later one."),
    "poll_overlaps": lambda: _("One of these villages has another poll on these days."),
    "enough_needs": lambda: _("You have told {most} needs already. Take one back first, then tell another."),
    "no_consent": lambda: _("That is all right. I keep nothing, and you can come again whenever you like: /menu"),
    "phone_is_full": lambda: _(
        "{most} other people have spoken on this phone today. Please ask the group to come by for the others."
    ),
    "post_closed": lambda: _("This question is closed. Thank you for wanting to answer."),
    "options_alike": lambda: _("Two of the answers are the same. Please make each one different."),
    "options_count": lambda: _("A question needs {least} to {most} answers to choose from."),
    "chat_taken": lambda: _("This chat is the chat of another group already. That group must let it go first."),
    "code_unknown": lambda: _("I do not know this code. Please look at it again on the other phone."),
    "code_own": lambda: _("This code was shown on this very phone. Please use it on the other one."),
    "code_used": lambda: _("This code was used already; each works once. Please take a new one on the other phone."),
    "code_expired": lambda: _("This code is too old, it lasts ten minutes. Please take a new one on the other phone."),
    "code_too_many": lambda: _("That was too many wrong codes. Please try again in an hour."),
    "too_many_changes": lambda: _(
        "You have changed your answer many times within an hour. It stays as it is now; please come again in an hour."
    ),
    "codes_used_up": lambda: _("A village gets {most} codes for a poll at most. Please make fewer."),
    "code_voided": lambda: _("This code was voided already."),
    "collected_it": lambda: _("You collected this yourself. Somebody else of the group looks at it."),
    "form_closed": lambda: _("This form is no longer answered. Thank you for wanting to."),
    "form_elsewhere": lambda: _("This form is for the people of another community."),
    "section_taken": lambda: _("Somebody of your group has just taken this part. Please choose another."),
    "marker_changed": lambda: _("The group has changed its proposal, or it was answered. Please read it once more."),
    "nobody_named": lambda: _("Nobody is named yet to whom it goes. Please name somebody first."),
    "assembly_season": lambda: _("The assembly is held between January and March. Please choose another day."),
    "assembly_is_past": lambda: _("That moment is past already. Please choose a later one."),
    "assembly_over": lambda: _("This assembly has been held already; its day stays as it was."),
    "assembly_ahead": lambda: _("This assembly has not been held yet."),
    "gone": lambda: _("This is no longer there."),
    "minutes_locked": lambda: _("These minutes are locked: they can only be added to by an addendum."),
    "minutes_not_locked": lambda: _("These minutes are not locked yet."),
    "minutes_not_open": lambda: _("These minutes are not open for changes. They must be opened to those who attended."),
    "minutes_time_over": lambda: _("The days in which the minutes could be changed are over."),
    "minutes_still_open": lambda: _("Those who attended can still ask for changes, until {until}."),
    "amendments_wait": lambda: _("Somebody asked for a change. Chair and secretary have to answer first."),
    "amend_days": lambda: _("Please choose {least} to {most} days."),
    "did_not_attend": lambda: _("Only those who were at the meeting can ask for a change of its minutes."),
    "chair_decides": lambda: _("The chair has a chat here and answers in person."),
    "meeting_over": lambda: _("The meeting is over. What stands there can still be corrected, nothing new is added."),
    "meeting_moved": lambda: _("The round table has another day meanwhile. Please look at it, and answer once more."),
    "nobody_sent": lambda: _("Please write who comes in your place."),
    "meeting_ahead": lambda: _("The meeting is still ahead: whether it is held is known on its day."),
    "meeting_not_held": lambda: _("The meeting was not held: its issues went another way."),
    "meeting_begun": lambda: _("The meeting has begun already: this cannot be changed any more."),
    "meeting_not_over": lambda: _("The meeting is not over yet. Close it at the desk first."),
    "pass_used": lambda: _("This link has been used or is too old. Please ask for a new one in the chat."),
    "nothing_to_join": lambda: _("There is nothing here to put together or take apart."),
    "reason_needed": lambda: _("Please say why: whoever told it will be told the reason."),
    "sorted_meanwhile": lambda: _("{who} has just changed this one. Please look at it as it is now."),
    "sorted_by_another": lambda: _("Somebody else has just changed this one. Please look at it as it is now."),
    "list_has_it": lambda: _("This is on the list already."),
    "list_lacks_it": lambda: _("This is no longer on the list."),
    "list_empty": lambda: _("At least one need must stay on the list."),
    "list_full": lambda: _("The list holds {most} needs at most. Strike one first."),
    "list_same": lambda: _("It stands in that place already."),
    "list_closed": lambda: _("This list is closed; nothing in it is changed any more."),
    "list_open": lambda: _("This list is not closed yet."),
    "list_changed": lambda: _("The list has changed meanwhile. Please look at it as it is now."),
    "poll_still_open": lambda: _("The poll of this village still runs. When it has closed, the list is made."),
    "answer_first": lambda: _("A proposal waits for the group's answer. Please answer it first."),
    "members_first": lambda: _("First the members of the group vote on this version."),
    "election_too_long": lambda: _("Election weeks last {days} days at most. Please look at the days again."),
    "vote_in_election": lambda: _(
        "In election weeks no vote on who speaks for the village runs. Please begin it after."
    ),
    "post_out_of_order": lambda: _("Somebody has held this office since a later day. Please look at the day again."),
    "path_out_of_order": lambda: _("Whoever can help is asked before the public is told. Please keep the order."),
    "photo_needed": lambda: _("You have asked for a new look at this already. To ask again, please add a new photo."),
    "parts_count": lambda: _("A promise is split into {least} to {most} parts."),
    "promise_split": lambda: _("This promise was split into parts. Please choose one of its parts."),
    "vote_runs": lambda: _("The members are voting already."),
    "voted_already": lambda: _("The members have voted on this version."),
    "confirmed_already": lambda: _("You have answered about this version; your answer is kept."),
    "remark_stands": lambda: _("Your sentence stands beside the list already, and stays as it is."),
    "too_few_candidates": lambda: _("{seats} are to be elected, and fewer have said that they stand."),
    "no_woman_candidate": lambda: _("At least one of the candidates has to be a woman."),
    "vote_over": lambda: _("This vote is over."),
    "vote_elsewhere": lambda: _("This vote is for the people of another community."),
    "vote_by_account": lambda: _("Please vote from Telegram or Viber: here I cannot tell who has voted already."),
    "vote_given": lambda: _("You have voted already; each votes once, and nobody can look up how."),
    "successor_needed": lambda: _("Please choose somebody of the group who leads it after you."),
    "two_parties": lambda: _("One person cannot speak for two sides of the same list. Somebody else has to do this."),
    "sorted_since": lambda: _(
        "Something was done on top of it. Please take that back first; you find it in the trail."
    ),
    "too_few_needs": lambda: _(
        "There are fewer than {least} needs with words for everybody. Please sort and name them first: /menu"
    ),
    "choosing_closed": lambda: _("The choosing is over; the list is being made, or is there already: /menu"),
    "choosing_elsewhere": lambda: _("This choosing is for the people of another village."),
    "grant_deadline": lambda: _("The last day to apply has passed."),
    "grant_step": lambda: _("This cannot be said of the application now. Please look at it once more."),
    "grant_day": lambda: _("This day does not fit: it lies before the last step, or after today."),
    "grant_amount": lambda: _("Please write an amount of at least 1 and at most {most} lari."),
    "grant_points": lambda: _("A preference has {most} points at most."),
    "grant_rule_fixed": lambda: _("The rule stands since the deadline or the first decision, and is not changed."),
    "grant_elsewhere": lambda: _("This call is for other communities."),
    "too_many_doors": lambda: _(
        "You have written down {most} doors within an hour, as many as an honest round allows. Please rest a little."
    ),
}


def words(refusal: Refused) -> str:
    """Every reason that the domain or the storage gives has its words: a test holds it."""
    return WORDS[refusal.reason]().format(**refusal.facts)
