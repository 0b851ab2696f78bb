"""The links that begin a conversation: in Telegram, in Viber, and in our own web chat."""

from dataclasses import dataclass
from urllib.parse import quote

# The first letter of what a link carries.
VILLAGE, INVITATION, SLIP, GROUP, PHONE, HOUSEHOLD, COLLEAGUE, ROUND_TABLE = "v", "i", "s", "g", "l", "h", "k", "m"
PROMISE = "p"
FOLLOW = "b"  # then "v" or "m" and a code: a village's or municipality's promises; or "p" and a promise's number


LARGEST_ID = 2**63 - 1  # no row that a link or an address names has a larger number


@dataclass(frozen=True)
class Links:
    """How this program is reached; either may be missing."""

    telegram_username: str | None = None
    public_url: str | None = None
    viber_uri: str | None = None

    def telegram(self, payload: str) -> str | None:
        """None without a bot. A payload is letters, digits, - and _ only, 64 at most: Telegram takes no others."""
        return f"https://t.me/{self.telegram_username}?start={payload}" if self.telegram_username else None

    def telegram_group(self, payload: str) -> str | None:
        """Adds the bot to a group chat that the person who presses it chooses."""
        return f"https://t.me/{self.telegram_username}?startgroup={payload}" if self.telegram_username else None

    def viber(self, payload: str) -> str | None:
        """None without a bot, or before Viber has told us its name."""
        return f"viber://pa?chatURI={quote(self.viber_uri)}&context={quote(payload)}" if self.viber_uri else None

    def web(self, payload: str) -> str | None:
        return f"{self.public_url.rstrip('/')}/chat?start={quote(payload)}" if self.public_url else None

    def village_page(self, code: str) -> str | None:
        """What the village chose, for everybody; None without a public address."""
        return f"{self.public_url.rstrip('/')}/village/{quote(code)}" if self.public_url else None

    def meeting_page(self, meeting_id: int) -> str | None:
        """What came of a round table, for everybody; None without a public address."""
        return f"{self.public_url.rstrip('/')}/meeting/{meeting_id}" if self.public_url else None

    def board(self, path: str) -> str | None:
        """A page of the public board; its addresses never change."""
        return f"{self.public_url.rstrip('/')}/board/{quote(path)}" if self.public_url else None

    def workspace(self, token: str) -> str | None:
        """The one-time way in; None without a public address."""
        return f"{self.public_url.rstrip('/')}/workspace/in?pass={quote(token)}" if self.public_url else None

    def meeting_desk(self, token: str, meeting_id: int) -> str | None:
        """The one-time way to the live desk of a round table."""
        link = self.workspace(token)
        return None if link is None else f"{link}&to={quote(f'/workspace/meeting/{meeting_id}')}"

    def form_page(self, token: str, call_id: int) -> str | None:
        """The one-time way to what came of a form."""
        link = self.workspace(token)
        return None if link is None else f"{link}&to={quote(f'/workspace/forms/{call_id}')}"

    def invited(self, token: str) -> str | None:
        """The page of an official who was invited to a round table and has no chat."""
        return f"{self.public_url.rstrip('/')}/invited/{quote(token)}" if self.public_url else None

    def committee(self, token: str) -> str | None:
        """The page of somebody who decides of a grant call and has no chat."""
        return f"{self.public_url.rstrip('/')}/committee/{quote(token)}" if self.public_url else None

    def amend(self, token: str) -> str | None:
        """The page of somebody who was at a round table and has no chat: the draft, and a change of it."""
        return f"{self.public_url.rstrip('/')}/amend/{quote(token)}" if self.public_url else None

    def minutes(self, token: str) -> str | None:
        """The page of somebody who is to have locked minutes and has no chat."""
        return f"{self.public_url.rstrip('/')}/minutes/{quote(token)}" if self.public_url else None

    def all(self, payload: str) -> tuple[str, ...]:
        """The one most people have first."""
        return tuple(
            link for link in (self.telegram(payload), self.viber(payload), self.web(payload)) if link is not None
        )
