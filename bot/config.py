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

from bot.cross_faults import double_faults, kind_faults, label_faults, pack_paths, route_faults
from bot.errors import ConfigError
from bot.packs import HttpUrl, Pack, load_pack
from bot.types import Feed
from bot.yaml_lines import Document, read_document

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{5,}")
#: Longer than any news matters, and short enough to reckon with.
_LONGEST = timedelta(days=3650)
#: Telegram's ids have at most 52 significant bits.
_LARGEST_ID = 2**52


def _duration(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", str(value).strip())
    if not match:
        raise ValueError("must be a duration such as 90s, 5m, 48h or 2d")
    seconds = float(match[1]) * _UNITS[match[2]]
    if seconds > _LONGEST.total_seconds():
        raise ValueError(f"must be at most {_LONGEST.days}d")
    return timedelta(seconds=seconds)


def _at_least(seconds: float) -> AfterValidator:
    def check(value: timedelta) -> timedelta:
        if value.total_seconds() < seconds:
            raise ValueError(f"must be at least {seconds:g}s")
        return value

    return AfterValidator(check)


Duration = Annotated[timedelta, BeforeValidator(_duration)]
ChatId = Annotated[int, Field(ge=-_LARGEST_ID, le=_LARGEST_ID)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Channel(_Section):
    """One chat the bot posts to, and what goes there."""

    chat_id: ChatId
    conflicts: tuple[str, ...] = ("all",)
    kinds: tuple[str, ...] = ("all",)  #: labels posted here
    thread_id: int | None = None  #: forum topic


class TelegramSection(_Section):
    """How to reach Telegram."""

    api_root: HttpUrl = "https://api.telegram.org"
    token_file: Path | None = None
    channels: tuple[Channel, ...] = ()
    operators: tuple[ChatId, ...] = ()  #: user ids that may use operator commands
    ops_chat: ChatId | None = None  #: told of trouble; channels are read back through it
    on_uncertain: Literal["readback", "hold", "resend_silent"] = "readback"


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

    engine: Literal["auto", "shipped", "embedding", "nli"] = "auto"
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

    threshold: Share | None = None  #: None = the default of the model
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
    recall_window: Annotated[Duration, _at_least(3600)] = timedelta(days=60)
    join_threshold: Share = 0.5
    cooldown: Duration = timedelta(0)  #: no second sound within this, unless it is more severe
    hold_minutes: int = Field(0, ge=0, le=180)  #: a party's lone word on its enemy waits so long
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
    document = read_document(path)
    faults: list[str] = []
    config: Config | None = None
    try:
        config = document.checked(Config)
    except ConfigError as error:
        faults.append(str(error))
    faults += [*label_faults(document), *kind_faults(document)]
    packs = _load_packs(document, faults)
    ids = {place: pack.id for place, pack in packs.items()}
    faults += double_faults(document, ids)
    if len(packs) == len(pack_paths(document)):
        # A pack that could not be read may be the one that a channel names.
        faults += route_faults(document, ids)
    if faults or config is None:
        raise ConfigError("\n".join(faults))
    return Settings(path=path, config=config, packs=tuple(packs.values()))


def _load_packs(document: Document, faults: list[str]) -> dict[int, Pack]:
    """Return the packs by their place in `conflicts`; add the faults of the others."""
    packs: dict[int, Pack] = {}
    for place, name in pack_paths(document).items():
        file = document.path.parent / name
        try:
            if not file.is_file():
                message = f"no such file: {file}; create it or name another one"
                raise ConfigError(document.fault(("conflicts", place), message))
            packs[place] = load_pack(file)
        except ConfigError as error:
            faults.append(str(error))
    return packs


def read_token(config: Config, base: Path) -> SecretStr | None:
    """Return the bot token from TELEGRAM_BOT_TOKEN or the token file; None when neither is set."""
    token = os.environ.get("TELEGRAM_BOT_TOKEN", "").strip()
    source = "TELEGRAM_BOT_TOKEN"
    if not token and config.telegram.token_file:
        file = base / config.telegram.token_file
        source = str(file)
        if _TOKEN.fullmatch(file.name):
            raise ConfigError(
                "telegram.token_file: holds a token; it must name a file that holds the token"
            )
        try:
            token = file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigError(
                f"telegram.token_file: {file} cannot be read: {error.strerror}"
            ) from error
        except ValueError as error:
            raise ConfigError(f"telegram.token_file: {file} is not a text file") from error
    if not token:
        return None
    if not _TOKEN.fullmatch(token):
        # The value itself stays out of the message: it may be half a token.
        raise ConfigError(f"{source}: does not look like a bot token (digits:letters)")
    return SecretStr(token)
