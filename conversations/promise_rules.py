"""A leader writes down what the group has decided about its checks, and where it turns when a promise lies still."""

from __future__ import annotations

from functools import partial

from conversations import place_choice
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.escalation import Step
from domain.people import Action
from locales import _
from storage import group_rules


async def promise_rules(chat: Chat) -> None:
    group_id = await place_choice.group(chat, Action.SET_GROUP_RULES)
    if group_id is None:
        return
    weight = await chat.pick(
        "weight",
        _("When members see different things: does a check by somebody who lives there weigh more?"),
        [Option(1, _("All checks weigh the same")), Option(2, _("It weighs twice"))],
        hint=_("A photo is never outweighed. The page of the promise says how it was counted."),
        title=_("Checks"),
    )
    steps = [Option(step.value, _name(step)) for step in Step]
    path = await chat.pick_many(
        "path",
        _("Where may the group turn when a promise lies still? One after the other, and only when somebody asks."),
        steps,
        title=_("The way"),
    )
    chosen = [step for step in Step if step.value in path]
    if not await chat.confirm("sure", _("Did the group decide it so?"), yes=_("Yes, we decided so")):
        return chat.say(_("Nothing was changed."))
    decide = partial(group_rules.decide, by=chat.person.id, group_id=group_id, local_weight=int(weight), path=chosen)
    await chat.do("save", lambda db: decide(db, now=chat.now()))
    chat.say(_("It holds from now on. What was seen before counts as it did."))


def _name(step: Step) -> str:
    return {
        Step.LEADER: _("the leader"),
        Step.COORDINATOR: _("the coordinator"),
        Step.SUPERIOR: _("the official's superior"),
        Step.PUBLIC_NOTE: _("a note that everybody reads"),
    }[step]


ENTRY = Entry(
    "promise_rules",
    promise_rules,
    lambda: _("⚖ How our checks count"),
    action=Action.SET_GROUP_RULES,
    in_menu=True,
)
