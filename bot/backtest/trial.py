"""The trial: the present settings with the changes that the operator wants to try.

`--set KEY=VALUE` changes one key; `--with FILE` takes a whole configuration, or a file that holds
only the changed keys (one without `conflicts`). Faults read like those of config.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot.config import Config, PolicySection, Settings, load_settings
from bot.cross_faults import label_faults
from bot.errors import ConfigError
from bot.yaml_lines import Document, read_document
from models.labels import SHIPPED_LABELS

#: Sections of a whole configuration that decide nothing about entries that are already stored.
UNHEEDED = (
    "telegram",
    "database",
    "poll_interval",
    "use_pack_feeds",
    "feeds",
    "allow_private_hosts",
    "fetch",
    "log",
)
#: What makes a model another one; the rest of its section only makes it faster.
MODEL_KEYS = ("engine", "path", "precision")
EXAMPLE = "--set policy.audible_killed=3"
ONE_JUDGE = "a backtest judges sentences once and compares thresholds, policy and packs only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The changed settings."""

    settings: Settings
    unheeded: tuple[str, ...] = ()  #: sections that differ too, and make no difference here


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedKey:
    """One key with its values as config.yaml would have them."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overlay(Document):
    """A document laid over other values; faults name its own lines."""

    base: Mapping[str, Any]

    def values(self) -> dict[str, Any]:
        """Return the values of both, this one's first."""
        return _merged(self.base, Document.values(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options(_Overlay):
    """Values given by --set; faults name the option."""

    def fault(self, loc: Sequence[str | int], message: str) -> str:
        """Return one fault of an option."""
        return f"--set {'.'.join(str(part) for part in loc)}: {message}"


def trial_settings(base: Settings, changed: Path | None, options: Sequence[str]) -> Trial:
    """Return the settings of the trial.

    Args:
        base: the present settings.
        changed: the file of --with.
        options: KEY=VALUE of every --set; they come after the file.

    Raises:
        ConfigError: one line per fault; also where nothing is changed, or what a backtest
            cannot compare.
    """
    if changed is None and not options:
        raise ConfigError(
            f"nothing to try: name changes with --set KEY=VALUE or --with FILE, such as {EXAMPLE}"
        )
    document, settings = read_document(base.path), base
    if changed is not None:
        document, settings = _from_file(base, document, changed)
        faults = list(_incomparable(base.config, settings.config, document))
        if faults:
            raise ConfigError("\n".join(faults))
    if options:
        given = _options(options, document.values(), settings.config)
        settings = settings.model_copy(update={"config": given.checked(Config)})
    if _decisive(base) == _decisive(settings):
        raise ConfigError(
            f"nothing to try: the changes leave thresholds and policy as they are in {base.path}"
        )
    unheeded = [n for n in UNHEEDED if getattr(base.config, n) != getattr(settings.config, n)]
    return Trial(settings=settings, unheeded=tuple(unheeded))


def thresholds_of(config: Config, defaults: Mapping[str, float]) -> dict[str, float]:
    """Return the threshold of every label of `config`, given those that came with the model."""
    labels = [name for name in defaults if name in SHIPPED_LABELS or name in config.labels]
    own = {name: section.threshold for name, section in config.labels.items()}
    return {name: _first(own.get(name), defaults[name]) for name in labels}


def changed_keys(
    base: Settings, trial: Settings, defaults: Mapping[str, float]
) -> tuple[ChangedKey, ...]:
    """Return every key that makes a difference, with its values in effect."""
    before, after = (_effective(one.config, defaults) for one in (base, trial))
    keys = [
        ChangedKey(key=key, before=before.get(key, "none"), after=after.get(key, "none"))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]
    old, new = ({pack.id: pack for pack in one.packs} for one in (base, trial))
    keys += [
        ChangedKey(
            key=f"conflicts.{name}",
            before="present" if name in old else "none",
            after="changed" if name in old and name in new else "new" if name in new else "none",
        )
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]
    return tuple(keys)


def _first(value: float | None, default: float) -> float:
    return default if value is None else value


def _effective(config: Config, defaults: Mapping[str, float]) -> dict[str, str]:
    thresholds = thresholds_of(config, defaults)
    keys = {f"labels.{name}.threshold": f"{value:g}" for name, value in thresholds.items()}
    policy = config.policy
    return keys | {f"policy.{n}": written(getattr(policy, n)) for n in PolicySection.model_fields}


def written(value: Any) -> str:
    """Return a value as config.yaml has it."""
    if not isinstance(value, timedelta):
        return f"{value:g}" if type(value) in (int, float) else str(value)
    seconds = value.total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        # Days only from a week on: 48h and 72h are how people say these.
        if seconds % size == 0 and seconds >= (7 * size if unit == "d" else size):
            return f"{seconds / size:g}{unit}"
    return f"{seconds:g}s"


def _decisive(settings: Settings) -> Any:
    """Return what decisions depend on, the model apart."""
    own = {name: section.threshold for name, section in settings.config.labels.items()}
    thresholds = {name: limit for name, limit in own.items() if limit is not None}
    return settings.config.policy, thresholds, settings.packs


def _from_file(base: Settings, present: Document, path: Path) -> tuple[Document, Settings]:
    document = read_document(path)
    if "conflicts" in document.values():
        return document, load_settings(path)
    overlay = _Overlay(path=path, node=document.node, base=present.values())
    faults: list[str] = []
    try:
        config = overlay.checked(Config)
    except ConfigError as error:
        faults.append(str(error))
    faults += label_faults(overlay)
    if faults:
        raise ConfigError("\n".join(faults))
    return overlay, base.model_copy(update={"config": config})


def _incomparable(base: Config, trial: Config, document: Document) -> Iterator[str]:
    for key in MODEL_KEYS:
        if getattr(base.model, key) != getattr(trial.model, key):
            yield document.fault(("model", key), f"differs from the present one; {ONE_JUDGE}")
    for name, label in trial.labels.items():
        known = base.labels.get(name)
        if known is None and name not in SHIPPED_LABELS:
            yield document.fault(
                ("labels", name), f"is a new label; {ONE_JUDGE} (try it: python -m bot classify)"
            )
            continue
        for key in ("hypotheses", "contrasts"):
            if getattr(label, key) != (getattr(known, key) if known else ()):
                yield document.fault(
                    ("labels", name, key), f"differ from the present ones; {ONE_JUDGE}"
                )


def _options(options: Sequence[str], base: Mapping[str, Any], config: Config) -> _Options:
    """Return the options as a document; name every one that is none."""
    labels = [*SHIPPED_LABELS, *(name for name in config.labels if name not in SHIPPED_LABELS)]
    allowed = [f"policy.{name}" for name in PolicySection.model_fields]
    allowed += [f"labels.{name}.threshold" for name in labels]
    values: dict[str, Any] = {}
    faults: list[str] = []
    seen: set[str] = set()
    for option in options:
        key, sign, value = (part.strip() for part in option.partition("="))
        if not sign:
            faults.append(f"--set {key}: must be KEY=VALUE, such as {EXAMPLE}")
        elif key not in allowed:
            faults.append(_unknown(key, allowed, labels))
        elif key in seen:
            faults.append(f"--set {key}: stands twice; keep one")
        else:
            seen.add(key)
            values = _merged(values, _nested(key.split("."), value))
    if faults:
        raise ConfigError("\n".join(faults))
    return _Options(path=Path("--set"), node=values, base=base)


def _unknown(key: str, allowed: Sequence[str], labels: Sequence[str]) -> str:
    near = get_close_matches(key, allowed, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    policies = ", ".join(name for name in allowed if name.startswith("policy."))
    return (
        f"--set {key}: is no key of a backtest{hint} (allowed: {policies}, and "
        f"labels.LABEL.threshold with LABEL one of {', '.join(labels)})"
    )


def _nested(path: Sequence[str], value: str) -> dict[str, Any]:
    inner: Any = None if value == "null" else value
    for part in reversed(path):
        inner = {part: inner}
    nested: dict[str, Any] = inner
    return nested


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay `over` over `base`: sections are merged, everything else is replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[key] = _merged(below, value)
        else:
            merged[key] = value
    return merged
