"""config.yaml: every fault is named with file, line and key, and no secret is repeated."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.config import (
    Config,
    FetchSection,
    LogSection,
    ModelSection,
    PolicySection,
    Settings,
    load_settings,
    read_token,
)
from bot.errors import ConfigError
from bot.packs import load_pack
from bot.yaml_lines import read_document

ROOT = Path(__file__).parents[2]
TOKEN = "4242:AAtoken-of-the-config-tests-that-nobody-may-see"

PACK = """id: {id}
name: Tarn Valley
timezone: Asia/Baku
parties: [{{id: ardovia, names: [Ardovia]}}]
feeds:
  - {{url: "https://wire.example.org/rss", outlet: wire, outlet_name: Wire}}
  - {{url: "https://{id}.example.org/rss", outlet: {id}, outlet_name: Local}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with two good packs, a twin of the first, and a bad one."""
    monkeypatch.chdir(tmp_path)
    for name, pack_id in (("one", "one"), ("two", "two"), ("twin", "one")):
        (tmp_path / f"{name}.yaml").write_text(PACK.format(id=pack_id), encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("id: bad\ntimezone: Mars/Base\n", encoding="utf-8")
    return tmp_path


def load(text: str | bytes) -> Settings:
    path = Path("config.yaml")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_settings(path)


def faults(text: str | bytes) -> list[str]:
    with pytest.raises(ConfigError) as error:
        load(text)
    return str(error.value).splitlines()


ALL_LABELS = "ceasefire, violation, casualty, negotiation, hostilities"
DURATION = "must be a duration such as 90s, 5m, 48h or 2d"

#: (what follows the first line `conflicts: [one.yaml]`, the fault after `config.yaml:`)
FAULTS = [
    # a key that does not exist, at the top and far below
    ("bogus: 1", "2: bogus: unknown key; remove it or correct its spelling"),
    (
        "telegram:\n  channels:\n    - {chat_id: -1, konflicts: [all]}",
        "4: telegram.channels.0.konflicts: unknown key; remove it or correct its spelling",
    ),
    # out of range, at either end and by type
    (
        "labels:\n  ceasefire:\n    threshold: 1.5",
        "4: labels.ceasefire.threshold: must be less than or equal to 1 (got 1.5)",
    ),
    ("fetch:\n  per_host: 0", "3: fetch.per_host: must be greater than or equal to 1 (got 0)"),
    ("poll_interval: 0s", "2: poll_interval: must be at least 1s (got '0s')"),
    ("policy:\n  max_age: 59m", "3: policy.max_age: must be at least 3600s (got '59m')"),
    (
        "telegram: {channels: [{chat_id: -10012345678901234567890}]}",
        "2: telegram.channels.0.chat_id: must be greater than or equal to -4503599627370496 "
        "(got -10012345678901234567890)",
    ),
    # so long that the arithmetic of time gives up
    ("policy: {max_age: 9999999d}", "2: policy.max_age: must be at most 3650d (got '9999999d')"),
    (
        f"policy: {{max_age: {'9' * 30}d}}",
        f"2: policy.max_age: must be at most 3650d (got '{'9' * 30}d')",
    ),
    # the wrong type
    (
        'telegram:\n  channels:\n    - chat_id: "@news"',
        "4: telegram.channels.0.chat_id: must be a valid integer, unable to parse string as an "
        "integer (got '@news')",
    ),
    ("fetch: 7", "2: fetch: must be a section of keys and values (got 7)"),
    ("feeds: wire.xml", "2: feeds: must be a list (got 'wire.xml')"),
    ("labels: [ceasefire]", "2: labels: must be a section of keys and values"),
    (
        "use_pack_feeds: maybe",
        "2: use_pack_feeds: must be a valid boolean, unable to interpret input (got 'maybe')",
    ),
    ("model: {engine: gpt}", "2: model.engine: must be 'auto', "),
    # durations without a unit, with the wrong one, and below zero
    ("poll_interval: 300", f"2: poll_interval: {DURATION} (got 300)"),
    ("poll_interval: 5 minutes", f"2: poll_interval: {DURATION} (got '5 minutes')"),
    ("poll_interval: -5m", f"2: poll_interval: {DURATION} (got '-5m')"),
    # addresses
    (
        "feeds: [{url: 'ftp://x.org/a', outlet: x, outlet_name: X}]",
        "2: feeds.0.url: must be an http:// or https:// address (got 'ftp://x.org/a')",
    ),
    ("database: mysql://host/name", "2: database: must start with sqlite:/// or postgresql://"),
    # a key that is needed
    (
        "feeds:\n  - url: https://x.org/a\n    outlet: x",
        "3: feeds.0.outlet_name: is missing and has no default",
    ),
    # a key written twice: the second one would win in silence
    ("poll_interval: 5m\npoll_interval: 6m", "3: poll_interval: stands twice; keep one"),
    # a number that Python refuses to read at all
    (f"fetch: {{per_host: {'9' * 5000}}}", " is not valid YAML: Exceeds the limit"),
    # text that is no YAML
    ("telegram:\n\tchannels: []", r"3: is not valid YAML: found character '\t' that cannot start"),
    ("feeds: [", "3: is not valid YAML: expected the node content"),
    # a label of one's own without what makes it a label, and one with an unusable name
    (
        "labels:\n  aid: {threshold: 0.4}",
        "3: labels.aid: is not shipped, so it needs hypotheses: two or three statements that "
        f"hold when it applies (shipped: {ALL_LABELS})",
    ),
    (
        "labels:\n  Aid-x: {hypotheses: [Aid arrives.]}",
        "3: labels.Aid-x: must be up to 31 lower-case letters, digits and _, a letter first",
    ),
    # a channel for a conflict, or a kind of alert, that there is not
    (
        "telegram:\n  channels:\n    - chat_id: -1\n      conflicts: [one, atlantis]",
        "5: telegram.channels.0.conflicts.1: 'atlantis' is no loaded conflict (allowed: all, one)",
    ),
    (
        "telegram: {channels: [{chat_id: -1, kinds: [ceasfire]}]}",
        f"2: telegram.channels.0.kinds.0: 'ceasfire' is no label (allowed: all, {ALL_LABELS})",
    ),
    # an engine that lacks what it needs
    (
        "model: {engine: nli}",
        "2: model: engine nli needs model.path: a folder or hub name of an NLI model",
    ),
]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_fault_is_named_with_file_line_key_and_what_is_allowed(text: str, fault: str) -> None:
    (found,) = faults(f"conflicts: [one.yaml]\n{text}\n")
    assert found.startswith(f"config.yaml:{fault}")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # nothing in it, something else in it, and bytes that are no text
        ("", "config.yaml:1: conflicts: is missing and has no default"),
        ("- one.yaml\n", "config.yaml:1: must be a mapping of keys to values"),
        ("conflicts: []\n", "config.yaml:1: conflicts: must name at least 1"),
        (b"\nconflicts: [\xff]\n", "config.yaml:2: is not UTF-8 text (byte 13)"),
        # a pack that is not there, and a folder in its place
        (
            "conflicts:\n  - one.yaml\n  - none.yaml\n",
            "config.yaml:3: conflicts.1: no such file: none.yaml; create it or name another one",
        ),
        (
            "conflicts: [.]\n",
            "config.yaml:1: conflicts.0: no such file: .; create it or name another one",
        ),
        # two packs with one id
        (
            "conflicts:\n  - one.yaml\n  - two.yaml\n  - twin.yaml\n",
            "config.yaml:4: conflicts.2: two packs have the id 'one', this one and conflicts.0; "
            "leave one out or give it another id",
        ),
    ],
)
def test_a_fault_of_the_whole_file_or_its_packs_is_named(text: str | bytes, fault: str) -> None:
    assert faults(text) == [fault]


def test_a_missing_configuration_says_so(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.yaml: no such file; create it"):
        load_settings(folder / "config.yaml")


@pytest.mark.usefixtures("folder")
def test_all_faults_are_told_at_once_each_on_a_line_of_its_own() -> None:
    found = faults(
        "conflicts: [one.yaml, bad.yaml, none.yaml]\n"
        "bogus: 1\n"
        "poll_interval: soon\n"
        "labels:\n"
        "  ceasefire: {threshold: 7}\n"
        "  aid: {threshold: 0.4}\n"
        "telegram:\n"
        "  channels: [{chat_id: -1, kinds: [nonsense]}]\n"
    )
    assert [line.split(": ")[:2] for line in found] == [
        ["config.yaml:2", "bogus"],
        ["config.yaml:3", "poll_interval"],
        ["config.yaml:5", "labels.ceasefire.threshold"],
        ["config.yaml:6", "labels.aid"],
        ["config.yaml:8", "telegram.channels.0.kinds.0"],
        ["bad.yaml:1", "name"],
        ["bad.yaml:1", "parties"],
        ["bad.yaml:2", "timezone"],
        ["config.yaml:1", "conflicts.2"],
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "text",
    [
        # where the token does not belong but gets pasted
        f"telegram: {{token: '{TOKEN}'}}",
        f"telegram: {{channels: [{{chat_id: '{TOKEN}'}}]}}",
        f"telegram: {{operators: ['{TOKEN}']}}",
        f"use_pack_feeds: '{TOKEN}'",
        f"telegram: {{token_file: a, token_file: '{TOKEN}'}}",
        # a password in a database address
        f"database: mysql://bot:{TOKEN}@host/name",
    ],
)
def test_a_secret_in_the_wrong_place_is_not_repeated(text: str) -> None:
    found = faults(f"conflicts: [one.yaml]\n{text}\n")
    assert [line for line in found if line.startswith("config.yaml:2: ")]
    assert not [line for line in found if TOKEN.partition(":")[2] in line]


def test_tags_build_no_objects(folder: Path) -> None:
    text = "conflicts: [one.yaml]\ndatabase: !!python/object/apply:os.mkdir [made]\n"
    assert faults(text)[0].startswith("config.yaml:2: database: ")
    assert not (folder / "made").exists()


def test_what_aliases_share_is_not_copied(folder: Path) -> None:
    # Ten lines of aliases to aliases would otherwise stand for billions of values.
    (folder / "a.yaml").write_text("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", encoding="utf-8")
    values = read_document(folder / "a.yaml").values()
    assert values["c"] == [[["x"], ["x"]], [["x"], ["x"]]]
    assert values["c"][0] is values["c"][1] is values["b"]
    assert values["b"][0] is values["b"][1] is values["a"]


# --- the token


@pytest.mark.parametrize(
    ("env", "file", "token"),
    [
        # the environment, a file, and the environment before the file
        (TOKEN, None, TOKEN),
        (None, TOKEN + "\n", TOKEN),
        (TOKEN, "1:another-token", TOKEN),
        # spaces around it come from copying
        (f" {TOKEN} ", None, TOKEN),
        # set but empty is not set
        ("", None, None),
        (None, "\n", None),
        (None, None, None),
    ],
)
def test_the_token_comes_from_the_environment_or_a_file_beside_the_configuration(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    env: str | None,
    file: str | None,
    token: str | None,
) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    if env is not None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", env)
    if file is not None:
        (tmp_path / "token").write_text(file, encoding="utf-8")
    config = Config.model_validate(
        {"conflicts": ["x"], "telegram": {"token_file": "token" if file is not None else None}}
    )
    read = read_token(config, tmp_path)
    assert (read.get_secret_value() if read else None) == token
    assert TOKEN not in repr(read)


SHAPELESS = "does not look like a bot token (digits:letters)"


@pytest.mark.parametrize(
    ("env", "named", "message"),
    [
        # half a token, a token in quotes, two tokens
        ("AAhalf-of-the-secret", None, f"TELEGRAM_BOT_TOKEN: {SHAPELESS}"),
        (f"'{TOKEN}'", None, f"TELEGRAM_BOT_TOKEN: {SHAPELESS}"),
        (f"{TOKEN} {TOKEN}", None, f"TELEGRAM_BOT_TOKEN: {SHAPELESS}"),
        # a file with something else, no text at all, a folder, and no file
        (None, "bad", f"bad: {SHAPELESS}"),
        (None, "binary", "binary is not a text file"),
        (None, ".", "cannot be read: Is a directory"),
        (None, "missing", "missing cannot be read: No such file or directory"),
        # the token itself where its file belongs
        (None, TOKEN, "telegram.token_file: holds a token; it must name a file that holds"),
    ],
)
def test_a_bad_token_is_told_without_a_letter_of_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    env: str | None,
    named: str | None,
    message: str,
) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    if env is not None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", env)
    (tmp_path / "bad").write_text("AAhalf-of-the-secret", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\x00\xfe")
    config = Config.model_validate({"conflicts": ["x"], "telegram": {"token_file": named}})
    with pytest.raises(ConfigError) as error:
        read_token(config, tmp_path)
    assert message in str(error.value)
    assert "AAhalf" not in str(error.value)
    assert TOKEN.partition(":")[2] not in str(error.value)


# --- feeds


def polled(text: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {f.url: (f.outlet, f.conflicts) for f in load(text).feeds()}


@pytest.mark.usefixtures("folder")
def test_a_feed_that_packs_share_is_polled_once_for_all_of_them() -> None:
    assert polled("conflicts: [one.yaml, two.yaml]\n") == {
        "https://wire.example.org/rss": ("wire", ("one", "two")),
        "https://one.example.org/rss": ("one", ("one",)),
        "https://two.example.org/rss": ("two", ("two",)),
    }


OWN = "feeds: [{url: 'https://wire.example.org/rss', outlet: own, outlet_name: Own}]\n"


@pytest.mark.usefixtures("folder")
def test_feeds_of_the_configuration_join_those_of_the_packs_or_stand_alone() -> None:
    joined = polled("conflicts: [one.yaml]\n" + OWN)
    # The operator's word about a feed goes before the pack's, and it serves every conflict.
    assert joined == {
        "https://wire.example.org/rss": ("own", ()),
        "https://one.example.org/rss": ("one", ("one",)),
    }
    alone = polled("conflicts: [one.yaml]\nuse_pack_feeds: false\n" + OWN)
    assert alone == {"https://wire.example.org/rss": ("own", ())}
    assert polled("conflicts: [one.yaml]\nuse_pack_feeds: false\n") == {}


# --- what is shipped


def test_the_shipped_configuration_names_every_shipped_pack_and_has_no_fault() -> None:
    settings = load_settings(ROOT / "config.yaml")
    files = {ROOT / file for file in settings.config.conflicts}
    assert files == set((ROOT / "conflicts").glob("*.yaml"))
    assert len(settings.packs) == len(files) >= 6
    assert len({feed.url for feed in settings.feeds()}) == len(settings.feeds()) > 40


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("fetch", FetchSection()),
        ("model", ModelSection()),
        ("policy", PolicySection()),
        ("log", LogSection()),
    ],
)
def test_the_shipped_configuration_shows_every_key_with_its_default(
    name: str, default: FetchSection | ModelSection | PolicySection | LogSection
) -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    block = re.search(rf"^# {name}:.*?(?=\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    shown = YAML(typ="safe").load(re.sub(r"^# ", "", block[0], flags=re.MULTILINE))[name]
    assert type(default).model_validate(shown) == default
    assert set(shown) == set(type(default).model_fields)


def test_the_shipped_configuration_shows_the_defaults_at_the_top_too() -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^# (\w+): (\S+)", text, re.MULTILINE))
    config = Config.model_validate({"conflicts": ["x"]})
    assert shown["database"] == config.database
    assert shown["use_pack_feeds"] == str(config.use_pack_feeds).lower()
    assert shown["allow_private_hosts"] == str(config.allow_private_hosts).lower()
    assert (shown["poll_interval"], config.poll_interval) == ("5m", timedelta(minutes=5))


# --- python -m bot check


def check(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "check", "--config", str(config)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "40"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_check_passes_the_shipped_configuration_and_says_what_it_saw() -> None:
    done = check(ROOT / "config.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    lines = done.stderr.splitlines()
    assert [line for line in lines if not line.endswith(": OK")] == []
    packs = sorted(load_pack(file).id for file in (ROOT / "conflicts").glob("*.yaml"))
    assert sorted(line.split(":")[0] for line in lines[:-1]) == packs


def test_check_prints_each_fault_unbroken_and_leaves_with_status_2(folder: Path) -> None:
    config = folder / "config.yaml"
    config.write_text("conflicts: [one.yaml]\nbogus: 1\npoll_interval: soon\n", encoding="utf-8")
    done = check(config)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{config}:2: bogus: unknown key; remove it or correct its spelling",
        f"{config}:3: poll_interval: {DURATION} (got 'soon')",
    ]


def test_check_finds_what_no_schema_can_and_calls_only_sound_packs_ok(folder: Path) -> None:
    (folder / "odd.yaml").write_text(
        PACK.format(id="odd") + "places:\n  - {name: Orvel, parent: Nowhere}\n", encoding="utf-8"
    )
    config = folder / "config.yaml"
    config.write_text("conflicts: [odd.yaml, one.yaml]\n", encoding="utf-8")
    done = check(config)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{folder}/odd.yaml:9: places.0.parent: 'Orvel': parent 'Nowhere' is no place of this pack",
        "one: 1 names, 2 feeds: OK",
    ]
