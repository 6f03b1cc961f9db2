"""config.yaml as a frozen, checked record. Every key has a default except channels and conflicts.

Durations are written `90s`, `5m`, `48h`, `2d`. The Telegram token never stands here: it comes
from TELEGRAM_BOT_TOKEN or from the file `telegram.token_file`.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from bot.errors import ConfigError
from bot.packs import Pack, load_pack
from bot.types import Feed
from bot.yaml_lines import load_checked
from models.labels import SHIPPED_LABELS

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _duration(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", str(value).strip())
    if not match:
        raise ValueError("must be a duration such as 90s, 5m, 48h or 2d")
    return timedelta(seconds=float(match[1]) * _UNITS[match[2]])


def _at_least(seconds: float) -> AfterValidator:
    def check(value: timedelta) -> timedelta:
        if value.total_seconds() < seconds:
            raise ValueError(f"must be at least {seconds:g}s")
        return value

    return AfterValidator(check)


def _http_url(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value):
        raise ValueError("must be an http:// or https:// address")
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Channel(_Section):
    """One chat the bot posts to, and what goes there."""

    chat_id: int
    conflicts: tuple[str, ...] = ("all",)
    kinds: tuple[str, ...] = ("all",)  #: labels posted here
    thread_id: int | None = None  #: forum topic


class TelegramSection(_Section):
    """How to reach Telegram."""

    api_root: HttpUrl = "https://api.telegram.org"
    token_file: Path | None = None
    channels: tuple[Channel, ...] = ()
    operators: tuple[int, ...] = ()  #: user ids that may use operator commands


class FeedSection(_Section):
    """A feed added in config.yaml."""

    url: HttpUrl
    outlet: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    outlet_name: str = Field(min_length=1)
    allow_entities: bool = False


class FetchSection(_Section):
    """Limits of every fetch; see docs/operate.md."""

    deadline: Annotated[Duration, _at_least(1)] = timedelta(seconds=20)
    max_raw_bytes: int = Field(5_000_000, ge=10_000)
    max_decoded_bytes: int = Field(10_000_000, ge=10_000)
    max_entries: int = Field(500, ge=1)
    per_host: int = Field(2, ge=1, le=16)
    concurrency: int = Field(16, ge=1, le=128)
    article_pages: bool = True  #: fetch the page when a feed has only a summary
    user_agent: str = "Truceline/0.1 (+https://github.com/truceline/truceline)"


class ModelSection(_Section):
    """Which model judges sentences."""

    engine: Literal["auto", "embedding", "nli"] = "auto"
    path: str | None = None  #: folder or hub name of an NLI model; needed by engine nli
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    batch_size: int = Field(32, ge=1, le=512)
    threads: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _nli_needs_path(self) -> ModelSection:
        if self.engine == "nli" and not self.path:
            raise ValueError("engine nli needs model.path: a folder or hub name of an NLI model")
        return self


class LabelSection(_Section):
    """Threshold of a label; a label of your own also brings its hypotheses."""

    threshold: Share = 0.5
    hypotheses: tuple[str, ...] = ()
    contrasts: tuple[str, ...] = ()  #: statements that look alike but do not count


class PolicySection(_Section):
    """When to post, and when with sound."""

    max_age: Annotated[Duration, _at_least(3600)] = timedelta(hours=48)
    audible_killed: int = Field(5, ge=1)  #: a first report of this many killed sounds
    material_change: int = Field(3, ge=1)  #: a figure changes materially by this many ...
    material_share: Share = 0.2  #: ... and by this share
    event_window: Annotated[Duration, _at_least(3600)] = timedelta(hours=72)
    ceasefire_window: Annotated[Duration, _at_least(3600)] = timedelta(days=14)
    join_threshold: Share = 0.5
    copy_window: Annotated[Duration, _at_least(3600)] = timedelta(hours=96)


class LogSection(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "json"] = "auto"


class Config(_Section):
    """The whole of config.yaml."""

    telegram: TelegramSection = TelegramSection()
    database: str = "sqlite:///truceline.db"
    poll_interval: Annotated[Duration, _at_least(1)] = timedelta(minutes=5)
    conflicts: tuple[Path, ...] = Field(min_length=1)
    use_pack_feeds: bool = True
    feeds: tuple[FeedSection, ...] = ()
    allow_private_hosts: bool = False
    fetch: FetchSection = FetchSection()
    model: ModelSection = ModelSection()
    labels: dict[str, LabelSection] = Field(default_factory=dict)
    policy: PolicySection = PolicySection()
    log: LogSection = LogSection()

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not re.match(r"(sqlite|postgresql)://", value):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("labels")
    @classmethod
    def _own_labels_have_hypotheses(cls, value: dict[str, LabelSection]) -> dict[str, LabelSection]:
        for name, label in value.items():
            if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", name):
                raise ValueError(f"label {name!r}: use lower-case letters, digits and _")
            if name not in SHIPPED_LABELS and not label.hypotheses:
                raise ValueError(
                    f"label {name!r} is not shipped, so it needs hypotheses: two or three "
                    f"statements that hold when it applies (shipped: {', '.join(SHIPPED_LABELS)})"
                )
        return value


class Settings(_Section):
    """A checked configuration with its packs loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    path: Path
    config: Config
    packs: tuple[Pack, ...]

    def feeds(self) -> tuple[Feed, ...]:
        """Return every feed to poll, each address once; packs that share a feed share its polls."""
        found: dict[str, Feed] = {}
        if self.config.use_pack_feeds:
            for pack in self.packs:
                for f in pack.feeds:
                    known = found.get(f.url)
                    conflicts = (*(known.conflicts if known else ()), pack.id)
                    found[f.url] = Feed(
                        url=f.url,
                        outlet=f.outlet,
                        outlet_name=f.outlet_name,
                        conflicts=conflicts,
                    )
        for own in self.config.feeds:
            found[own.url] = Feed(**own.model_dump())
        return tuple(found.values())

    def pack(self, conflict: str) -> Pack:
        """Return the pack with id `conflict`; raise KeyError when there is none."""
        for pack in self.packs:
            if pack.id == conflict:
                return pack
        raise KeyError(conflict)


def load_settings(path: Path) -> Settings:
    """Read config.yaml and the packs it names (paths are relative to the file).

    Raises:
        ConfigError: one line per fault: `FILE:LINE: key: what is wrong and what is allowed`.
    """
    config = load_checked(path, Config)
    packs, faults = [], []
    for pack_path in config.conflicts:
        try:
            packs.append(load_pack(path.parent / pack_path))
        except ConfigError as error:
            faults.append(str(error))
    ids = [pack.id for pack in packs]
    faults += [f"{path}: conflicts: two packs have the id {i!r}" for i in _twice(ids)]
    if not faults:
        faults += _unknown_routes(path, config, ids)
    if faults:
        raise ConfigError("\n".join(faults))
    return Settings(path=path, config=config, packs=tuple(packs))


def read_token(config: Config, base: Path) -> SecretStr | None:
    """Return the bot token from TELEGRAM_BOT_TOKEN or the token file; None when neither is set."""
    token = os.environ.get("TELEGRAM_BOT_TOKEN", "").strip()
    source = "TELEGRAM_BOT_TOKEN"
    if not token and config.telegram.token_file:
        file = base / config.telegram.token_file
        source = str(file)
        try:
            token = file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(
                f"telegram.token_file: {file} cannot be read: {error.strerror}"
            ) from error
    if not token:
        return None
    if not re.fullmatch(r"\d+:[\w-]{5,}", token):
        # The value itself stays out of the message: it may be half a token.
        raise ConfigError(f"{source}: does not look like a bot token (digits:letters)")
    return SecretStr(token)


def _twice(values: list[str]) -> list[str]:
    return sorted({v for v in values if values.count(v) > 1})


def _unknown_routes(path: Path, config: Config, ids: list[str]) -> list[str]:
    known = {"all", *ids}
    return [
        f"{path}: telegram.channels[{n}].conflicts: {name!r} is no loaded conflict "
        f"(allowed: {', '.join(sorted(known))})"
        for n, channel in enumerate(config.telegram.channels)
        for name in channel.conflicts
        if name not in known
    ]
