"""What a resident meets: the sentences that a language of FOR_RESIDENTS has to have."""

FILES = (
    "bot/turn.py",
    "bot/web/words.py",
    "conversations/about_self.py",
    "conversations/chat.py",
    "conversations/file_failed.py",
    "conversations/forget.py",
    "conversations/home.py",
    "conversations/invitation.py",
    "conversations/menu.py",
    "conversations/my_answer.py",
    "conversations/my_data.py",
    "conversations/need_questions.py",
    "conversations/needs_poll.py",
    "conversations/news.py",
    "conversations/odd.py",
    "conversations/performance.py",
    "conversations/place_choice.py",
    "conversations/promise_made.py",
    "conversations/promise_page.py",
    "conversations/promises.py",
    "conversations/questions/",
    "conversations/reception.py",
    "conversations/refusals.py",
    "conversations/role_words.py",
    "conversations/so_far.py",
    "conversations/training_invite.py",
    "conversations/training_notices.py",
    "conversations/training_words.py",
    "conversations/village_found.py",
    "conversations/welcome.py",
    "publish/channel_words.py",
    "publish/need_words.py",
    "publish/promise_words.py",
)


def speaks_to_them(file: str) -> bool:
    return file.startswith(FILES)
