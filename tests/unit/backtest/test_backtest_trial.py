"""The changed settings: what --set and --with may say, and how their faults read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backtest.command import read_since
from bot.backtest.trial import (
    ChangedKey,
    Trial,
    changed_keys,
    thresholds_of,
    trial_settings,
    written,
)
from bot.config import PolicySection, Settings, load_settings
from bot.errors import ConfigError

PACK = "id: {id}\nname: Tarn\ntimezone: Asia/Baku\nparties: [{{id: ardovia, names: [Ardovia]}}]\n"
PRESENT = """conflicts: [one.yaml]
telegram: {channels: [{chat_id: -1}]}
labels:
  ceasefire: {threshold: 0.6}
  convoy: {hypotheses: [A convoy arrives.]}
policy:
  audible_killed: 7
"""
DEFAULTS = {"ceasefire": 0.4, "violation": 0.65, "convoy": 0.5}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    Path("one.yaml").write_text(PACK.format(id="one"), encoding="utf-8")
    Path("config.yaml").write_text(PRESENT, encoding="utf-8")
    return load_settings(Path("config.yaml"))


def tried(base: Settings, *options: str, file: str | None = None) -> Trial:
    changed = None
    if file is not None:
        changed = Path("changed.yaml")
        changed.write_text(file, encoding="utf-8")
    return trial_settings(base, changed, options)


def faults(base: Settings, *options: str, file: str | None = None) -> list[str]:
    with pytest.raises(ConfigError) as error:
        tried(base, *options, file=file)
    return str(error.value).splitlines()


# --- what can be tried


def test_options_change_their_keys_and_nothing_else(base: Settings) -> None:
    trial = tried(
        base,
        "policy.audible_killed=3",
        " policy.max_age = 12h ",
        "labels.violation.threshold=0.7",
        "labels.convoy.threshold=0.8",
    )
    config = trial.settings.config
    assert (config.policy.audible_killed, config.policy.max_age) == (3, timedelta(hours=12))
    assert config.policy.copy_window == base.config.policy.copy_window
    assert thresholds_of(config, DEFAULTS) == {"ceasefire": 0.6, "violation": 0.7, "convoy": 0.8}
    assert config.labels["convoy"].hypotheses == ("A convoy arrives.",)
    assert (trial.settings.packs, trial.unheeded) == (base.packs, ())


def test_null_takes_back_a_threshold_of_ones_own(base: Settings) -> None:
    config = tried(base, "labels.ceasefire.threshold=null").settings.config
    assert thresholds_of(config, DEFAULTS)["ceasefire"] == 0.4


def test_a_file_without_conflicts_is_laid_over_the_present_configuration(base: Settings) -> None:
    trial = tried(base, file="policy: {material_change: 9}\nlabels: {violation: {threshold: .7}}")
    config = trial.settings.config
    assert (config.policy.material_change, config.policy.audible_killed) == (9, 7)
    assert thresholds_of(config, DEFAULTS) == {"ceasefire": 0.6, "violation": 0.7, "convoy": 0.5}


def test_a_whole_configuration_stands_for_itself_and_options_come_after_it(base: Settings) -> None:
    trial = tried(
        base,
        "policy.material_change=8",
        file="conflicts: [one.yaml]\nfetch: {per_host: 4}\npolicy: {material_change: 4}\n",
    )
    config = trial.settings.config
    # What it leaves out is at its default, not as the present configuration has it.
    assert (config.policy.audible_killed, config.policy.material_change) == (5, 8)
    # A label that it drops has no threshold; sections that decide nothing are named.
    assert thresholds_of(config, DEFAULTS) == {"ceasefire": 0.4, "violation": 0.65}
    assert trial.unheeded == ("telegram", "fetch")


def test_a_changed_pack_can_be_tried(base: Settings) -> None:
    Path("more.yaml").write_text(PACK.format(id="one") + "places: [Orvel]\n", encoding="utf-8")
    Path("two.yaml").write_text(PACK.format(id="two"), encoding="utf-8")
    trial = tried(base, file=PRESENT.replace("one.yaml", "more.yaml, two.yaml"))
    assert changed_keys(base, trial.settings, DEFAULTS) == (
        ChangedKey(key="conflicts.one", before="present", after="changed"),
        ChangedKey(key="conflicts.two", before="none", after="new"),
    )


def test_every_key_in_effect_that_differs_is_told_as_the_file_has_it(base: Settings) -> None:
    trial = tried(base, "policy.max_age=36h", "labels.violation.threshold=0.7")
    assert changed_keys(base, trial.settings, DEFAULTS) == (
        ChangedKey(key="labels.violation.threshold", before="0.65", after="0.7"),
        ChangedKey(key="policy.max_age", before="48h", after="36h"),
    )
    # The default of the model, written out, makes no difference once the model is known.
    same = tried(base, "labels.violation.threshold=0.65")
    assert changed_keys(base, same.settings, DEFAULTS) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        (0.2, "0.2"),
        (timedelta(seconds=90), "90s"),
        (timedelta(minutes=5), "5m"),
        (timedelta(hours=48), "48h"),
        (timedelta(days=14), "14d"),
        (timedelta(days=14, hours=1), "337h"),
    ],
)
def test_values_are_written_as_in_the_configuration(value: float, text: str) -> None:
    assert written(value) == text


# --- what cannot

POLICIES = ", ".join(f"policy.{name}" for name in PolicySection.model_fields)
ALLOWED = (
    f"(allowed: {POLICIES}, and labels.LABEL.threshold with LABEL one of ceasefire, violation, "
    "casualty, negotiation, hostilities, convoy)"
)


@pytest.mark.parametrize(
    ("option", "fault"),
    [
        # no value, and no key
        ("policy.max_age", "policy.max_age: must be KEY=VALUE, such as --set policy.aud"),
        ("=3", f": is no key of a backtest {ALLOWED}"),
        # a slip of the pen, keys of other sections, and parts of a key
        (
            "policy.audible_kiled=3",
            "policy.audible_kiled: is no key of a backtest; did you mean policy.audible_killed? "
            f"{ALLOWED}",
        ),
        ("poll_interval=5m", f"poll_interval: is no key of a backtest {ALLOWED}"),
        ("labels.truce.threshold=0.5", "labels.truce.threshold: is no key of a backtest"),
        ("labels.convoy.hypotheses=x", "labels.convoy.hypotheses: is no key of a backtest"),
        ("policy=3", "policy: is no key of a backtest"),
        # values of the wrong type and out of range
        (
            "policy.audible_killed=many",
            "policy.audible_killed: must be a valid integer, unable to parse string as an integer "
            "(got 'many')",
        ),
        (
            "policy.audible_killed=0",
            "policy.audible_killed: must be greater than or equal to 1 (got '0')",
        ),
        (
            "policy.max_age=2 weeks",
            "policy.max_age: must be a duration such as 90s, 5m, 48h or 2d (got '2 weeks')",
        ),
        (
            "labels.violation.threshold=1.5",
            "labels.violation.threshold: must be less than or equal to 1 (got '1.5')",
        ),
        ("labels.violation.threshold=", "labels.violation.threshold: must be a valid number"),
        ("labels.violation.threshold=nan", "labels.violation.threshold: must be "),
    ],
)
def test_a_bad_option_names_its_key_and_what_is_allowed(
    base: Settings, option: str, fault: str
) -> None:
    (found,) = faults(base, option)
    assert found.startswith(f"--set {fault}")


def test_every_bad_option_is_told_at_once(base: Settings) -> None:
    unknown = faults(base, "policy.x=1", "policy.y=2", "policy.max_age=1h", "policy.max_age=2h")
    assert [line.split(": ")[0] for line in unknown] == [
        "--set policy.x",
        "--set policy.y",
        "--set policy.max_age",
    ]
    assert unknown[2].endswith("stands twice; keep one")
    wrong = faults(base, "policy.max_age=1", "labels.violation.threshold=2")
    assert sorted(line.split(": ")[0] for line in wrong) == [
        "--set labels.violation.threshold",
        "--set policy.max_age",
    ]


ONE_JUDGE = "a backtest judges sentences once and compares thresholds, policy and packs only"


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        # faults of the file itself, with or without `conflicts`
        ("policy:\n  audible_killed: 0", "2: policy.audible_killed: must be greater than or"),
        ("policy:\n  audible: 3", "2: policy.audible: unknown key"),
        ("conflicts: [none.yaml]", "1: conflicts.0: no such file: none.yaml"),
        (
            "policy: {}\nlabels:\n  aid: {threshold: 0.4}",
            "3: labels.aid: is not shipped, so it needs hypotheses",
        ),
        ("- policy", "1: must be a mapping of keys to values"),
        # another model, and labels in other words
        (
            "\nmodel: {engine: embedding}",
            f"2: model.engine: differs from the present one; {ONE_JUDGE}",
        ),
        (
            "labels:\n  aid: {hypotheses: [Aid arrives.]}",
            f"2: labels.aid: is a new label; {ONE_JUDGE} (try it: python -m bot classify)",
        ),
        (
            "labels:\n  convoy:\n    hypotheses: [A convoy leaves.]",
            f"3: labels.convoy.hypotheses: differ from the present ones; {ONE_JUDGE}",
        ),
        (
            "labels:\n  ceasefire:\n    contrasts: [A match ends.]",
            f"3: labels.ceasefire.contrasts: differ from the present ones; {ONE_JUDGE}",
        ),
    ],
)
def test_a_bad_file_is_named_with_line_and_key(base: Settings, file: str, fault: str) -> None:
    (found,) = faults(base, file=file)
    assert found.startswith(f"changed.yaml:{fault}")


@pytest.mark.parametrize(
    ("options", "file", "fault"),
    [
        ((), None, "nothing to try: name changes with --set KEY=VALUE or --with FILE, such as "),
        (("policy.audible_killed=7",), None, "nothing to try: the changes leave thresholds and "),
        ((), "", "nothing to try: the changes leave"),
        ((), "telegram: {channels: []}", "nothing to try: the changes leave"),
    ],
)
def test_a_trial_that_changes_nothing_says_so(
    base: Settings, options: tuple[str, ...], file: str | None, fault: str
) -> None:
    (found,) = faults(base, *options, file=file)
    assert found.startswith(fault)


def test_a_missing_file_says_so(base: Settings) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml: no such file; create it"):
        trial_settings(base, Path("none.yaml"), ())


# --- --since


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (None, None),
        ("14d", timedelta(days=14)),
        ("36h", timedelta(hours=36)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T06:00+04:00", datetime(2026, 3, 1, 2, tzinfo=UTC)),
    ],
)
def test_since_is_a_span_or_a_date(text: str | None, value: timedelta | datetime | None) -> None:
    assert read_since(text) == value


@pytest.mark.parametrize("text", ["", "soon", "14", "-3d", "2026-02-30", "0001-01-01T00:00+09:00"])
def test_a_since_that_is_neither_says_what_is_allowed(text: str) -> None:
    with pytest.raises(ConfigError, match=r"^--since: .* is neither a span such as 14d or 36h"):
        read_since(text)
