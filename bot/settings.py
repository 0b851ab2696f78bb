"""The only reader of the environment: MRGVALI_… variables, or the same names in .env."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AwareDatetime, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")


class Settings(BaseSettings):
    """Every setting of Mrgvali; docs/settings.md explains them."""

    model_config = SettingsConfigDict(env_prefix="MRGVALI_", env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite+aiosqlite:///mrgvali.db"
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str | None = None
    secret_key: SecretStr = SecretStr("")
    media_dir: Path = Path("media")
    timezone: str = "Asia/Tbilisi"
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_secret: SecretStr | None = None
    telegram_rate: float = Field(default=25.0, gt=0)
    viber_token: SecretStr | None = None
    viber_api: str = "https://chatapi.viber.com"
    now: AwareDatetime | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f'"{value}" is not a time zone; try "Asia/Tbilisi"') from None
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        """People write postgresql://…; the driver is our business. The address has a password: it is not repeated."""
        for plain, ours in (("postgresql://", "postgresql+asyncpg://"), ("sqlite://", "sqlite+aiosqlite://")):
            if value.startswith(plain):
                value = ours + value.removeprefix(plain)
        try:
            known = make_url(value).drivername in DRIVERS
        except (ArgumentError, ValueError):  # also a port in words
            known = False
        if not known:
            raise ValueError(
                "is no address of a database; try sqlite:///mrgvali.db or postgresql://user:password@host/name"
            )
        return value

    @field_validator("telegram_token")
    @classmethod
    def _whole_token(cls, value: SecretStr | None) -> SecretStr | None:
        """What stands before the colon names the bot in tables and on /health: half a token must not."""
        if value and not re.fullmatch(r"\d+:\S+", value.get_secret_value()):
            raise ValueError("is not whole; it looks like 123456:AbC-dEf, as @BotFather wrote it")
        return value

    @field_validator("public_url")
    @classmethod
    def _https(cls, value: str | None) -> str | None:
        if value and not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError(f'"{value}" must begin with https://, since Telegram and Viber call no other address')
        return value.rstrip("/") if value else None

    @property
    def local(self) -> str:
        """Where a browser on this computer finds the web chat; 0.0.0.0 is every address, and none to open."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return f"http://{host}:{self.port}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
