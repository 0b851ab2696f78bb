"""A group's question answered in private: by its link, from whatever channel, and counted as a tap in the chat is."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import group_words, tap
from conversations.chat import Chat
from conversations.promise_check import check
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.release_needs import release_needs
from domain.group_posts import Kind
from domain.links import GROUP
from domain.people import Action, may
from domain.refusal import Refused
from locales import _
from storage import group_posts, roles
from storage.group_posts import Post


async def group_post(chat: Chat) -> None:
    post_id = _meant(chat.args)
    found = await chat.look("found", partial(_found, chat=chat, post_id=post_id))
    if not found["member"]:
        chat.say(_("This is for the members of “{group}”.").format(group=found["group"]))
        chat.say(_("Are you one of them? Then ask your leader for an invitation. What you can do here: /menu"))
        return
    match found["kind"]:
        case Kind.WORDS:
            await release_needs(chat.part("words"))
        case Kind.PROMISE:
            await check(chat.part("promise"), found["promise"])
            await chat.do("count", partial(_count_check, chat=chat, post_id=post_id))
        case _:
            await _answer(chat, post_id)


def _meant(args: dict[str, Any]) -> int:
    return tap.number(str(args.get("link", "")).removeprefix(GROUP)) or 0


async def _found(db: AsyncConnection, *, chat: Chat, post_id: int) -> dict[str, Any]:
    post = await _post(db, post_id)
    held = await roles.held(db, person_id=chat.person.id, group_id=post.group_id)
    member = may(held, Action.ANSWER_GROUP)
    if member and not post.takes_answers(chat.now()):
        raise Refused("post_closed")
    return {"kind": post.kind, "group": post.group, "member": member, "promise": post.args.get("promise")}


async def _answer(chat: Chat, post_id: int) -> None:
    async def words(db: AsyncConnection) -> str:
        return await group_words.body(db, post=await _post(db, post_id), zone=chat.zone)

    async def choices(db: AsyncConnection) -> list[Option]:
        post = await _post(db, post_id)
        return [Option(value, group_words.label(post, value)) for value in post.values]

    value = str(await chat.pick("answer", words, choices))

    async def save(db: AsyncConnection) -> None:
        post, tapped = await _post(db, post_id), f"run{chat.run}"
        await group_posts.answer(db, post=post, person_id=chat.person.id, value=value, now=chat.now(), tapped=tapped)

    await chat.do("save", save)
    chat.say(_("Thank you, that is noted. Until the question closes you can change it by the same link."))


async def _count_check(db: AsyncConnection, *, chat: Chat, post_id: int) -> None:
    """What they told at length stands in the ledger already; the group's count learns of it."""
    post = await _post(db, post_id)
    await group_posts.count_check(db, post=post, person_id=chat.person.id, now=chat.now(), tapped=f"run{chat.run}")


async def _post(db: AsyncConnection, post_id: int) -> Post:
    post = await group_posts.find(db, post_id=post_id)
    if post is None:
        raise Refused("gone")
    return post


ENTRY = Entry(
    "group_post",
    group_post,
    lambda: _("Your group's question"),
    link=GROUP,
    needs_welcome=False,
    nudge_after=None,
)
