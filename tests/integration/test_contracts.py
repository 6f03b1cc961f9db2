"""The public contracts as other tools call them: `python -m bot classify | extract | replay`.

Every call is a process of its own; only bytes in, bytes out and the exit status count. Where the
model does not matter it is left out (`--no-model`), and one process carries many cases.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from test_demo_story import EXPECTED

from bot.demo.coverage import FOLDER, load_coverage
from bot.lines import clock_text
from models.labels import SHIPPED_LABELS

ROOT = Path(__file__).parents[2]


def bot(
    *arguments: str | Path, data: bytes = b"", folder: Path = ROOT, **env: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        input=data,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        timeout=110,
        check=False,
    )


def jsonl(*lines: Any) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def read(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def entry(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "fetched_at": "2026-03-10T12:00:00Z", "outlet": "wire", **fields}


# --- unusable input

GOOD_TEXT, GOOD_ENTRY = {"id": "a", "text": "A truce."}, entry("a", title="A truce.")
GOOD = {"classify": GOOD_TEXT, "extract": GOOD_ENTRY, "replay": GOOD_ENTRY}
OPTIONS = {
    "classify": (),
    "extract": ("--no-model",),
    "replay": ("--conflict", FOLDER / "pack.yaml"),
}

#: (command, the bad line, what is said after `<stdin>:3: `)
BAD = [
    # not JSON, JSON with something behind it, and no object
    ("classify", b"truce\n", "line: is not JSON: Expecting value"),
    ("extract", b'{"id": "b"}}\n', "line: is not JSON: Extra data"),
    ("replay", b'["b"]\n', "line: must be a JSON object, one per line"),
    # not UTF-8
    ("classify", b'{"id": "b", "text": "caf\xe9"}\n', "line: is not UTF-8 (byte 24)"),
    ("extract", b'{"id": "\xff"}\n', "line: is not UTF-8 (byte 8)"),
    # a field is missing, or empty
    ("classify", jsonl({"text": "b"}), "id: is missing"),
    ("classify", jsonl({"id": "b"}), "text: is missing"),
    ("replay", jsonl({"id": "b", "outlet": "x"}), "fetched_at: is missing"),
    ("extract", jsonl(entry("")), "id: String should have at least 1 character"),
    # the wrong type; a bare number of seconds or milliseconds is no time
    ("classify", jsonl({"id": "b", "text": None}), "text: Input should be a valid string"),
    ("classify", jsonl({"id": 1.5, "text": "b"}), "id: Input should be a valid string"),
    ("extract", jsonl(entry("b", title=["x"])), "title: Input should be a valid string"),
    (
        "extract",
        jsonl(entry("b", fetched_at=1773144000)),
        "fetched_at: must be an ISO 8601 time such as 2026-03-10T06:00:00Z",
    ),
    # a time without a zone, one that does not exist, and one at the end of the calendar
    (
        "replay",
        jsonl(entry("b", fetched_at="2026-03-10T12:00:00")),
        "fetched_at: Input should have timezone info",
    ),
    (
        "extract",
        jsonl(entry("b", published_at="2026-02-30T12:00:00Z")),
        "published_at: Input should be a valid datetime",
    ),
    (
        "extract",
        jsonl(entry("b", fetched_at="9999-12-31T23:59:59-05:00", title="from 6 p.m. on Friday")),
        "fetched_at: must lie between the years 1900 and 2199",
    ),
]


@pytest.mark.parametrize(("command", "line", "message"), BAD)
def test_a_bad_line_ends_with_status_2_naming_line_and_field(
    command: str, line: bytes, message: str
) -> None:
    data = jsonl(GOOD[command]) + b"\n" + line
    done = bot(command, *OPTIONS[command], data=data)
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert said.startswith(f"<stdin>:3: {message}")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        # files: not there, and a folder
        (("classify", "none.jsonl"), "none.jsonl: cannot be read: No such file or directory"),
        (("extract", "."), ".: cannot be read: Is a directory"),
        # zones that are none, by name and by path
        (
            ("extract", "--timezone", "Mars/Base"),
            "--timezone: 'Mars/Base' is no time zone; use one like Asia/Baku",
        ),
        (("extract", "--timezone", "../UTC"), "--timezone: '../UTC' is no time zone"),
        # configurations and packs that are not there
        (("classify", "--config", "none.yaml"), "none.yaml: no such file; create it"),
        (("replay", "--conflict", "none.json"), "none.json: no such file; create it"),
    ],
)
def test_an_unusable_argument_ends_with_status_2_and_one_line(
    arguments: tuple[str, ...], message: str
) -> None:
    done = bot(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(message)
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("classify", "--bogus"), "Unknown option"),
        (("replay", "--conflict"), "requires an argument"),
        (("extract", "a", "b"), "Unused Tokens"),
        (("monitor",), "Unknown command"),
    ],
)
def test_a_mistake_of_usage_ends_with_status_2_and_no_traceback(
    arguments: tuple[str, ...], words: str
) -> None:
    done = bot(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_two_entries_of_one_id_are_named_before_anything_is_replayed() -> None:
    data = jsonl(entry("a", title="One."), entry("b", title="Two."), entry("a", title="Three."))
    done = bot("replay", data=data)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "<stdin>: id: 'a' stands on two lines; ids must differ\n"


def test_no_input_gives_no_output() -> None:
    done = bot("extract", "--no-model", data=b"\n  \n")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_reader_that_leaves_early_ends_the_command_quietly(tmp_path: Path) -> None:
    title = "A long title " * 30
    file = tmp_path / "entries.jsonl"
    file.write_bytes(jsonl(*(entry(str(n), title=title) for n in range(2000))))
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "extract", file, "--no-model", "--all-sentences"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == "0"
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""


# --- contract 1

OWN_LABELS = """
conflicts: [pack.yaml]
labels:
  ceasefire: {threshold: 0}
  hostilities: {threshold: 1}
  convoy:
    threshold: 0.3
    hypotheses: [A convoy brings food to people in need., A relief convoy arrives in a town.]
    contrasts: [Soldiers attack a town.]
"""


@pytest.mark.model
def test_classify_scores_every_line_with_the_labels_and_thresholds_of_the_configuration(
    tmp_path: Path,
) -> None:
    (tmp_path / "pack.yaml").write_bytes((FOLDER / "pack.yaml").read_bytes())
    (tmp_path / "config.yaml").write_text(OWN_LABELS, encoding="utf-8")
    texts = {
        1: "The two governments signed a ceasefire that begins on Monday.",
        "b": "Rain is expected in the north.",
        "\ud83d": "",
        "ид": "\u202e\u0000 👩‍👩‍👧 هدنة \ud800",
        10**30: "The two governments signed a ceasefire that begins on Monday.",
        "long": "truce " * 20_000,
    }
    lines = [json.dumps({"id": id, "text": text, "more": 1}) for id, text in texts.items()]
    # A byte order mark, blank lines, CRLF, and no line end after the last one.
    data = b"\xef\xbb\xbf" + "\r\n\r\n \n".join(lines).encode()
    (tmp_path / "sentences.jsonl").write_bytes(data)
    done = bot(
        "classify", "sentences.jsonl", folder=tmp_path, LC_ALL="C", PYTHONIOENCODING="latin-1"
    )
    rows = read(done)
    assert [row["id"] for row in rows] == list(texts)
    for row in rows:
        assert list(row) == ["id", "scores", "labels"]
        assert list(row["scores"]) == [*SHIPPED_LABELS, "convoy"]
        assert all(0 <= score <= 1 for score in row["scores"].values())
        assert "ceasefire" in row["labels"]
        assert ("hostilities" in row["labels"]) == (row["scores"]["hostilities"] == 1)
        assert ("convoy" in row["labels"]) == (row["scores"]["convoy"] >= 0.3)
    signed, rain = rows[0]["scores"], rows[1]["scores"]
    assert signed["ceasefire"] > 0.5 > rain["ceasefire"]
    # The same words have the same scores, wherever they stand.
    assert rows[4]["scores"] == signed


# --- contract 2

CLAIM_KEYS = [
    "quote",
    "field",
    "start",
    "end",
    "labels",
    "scores",
    "stance",
    "speaker",
    "speaker_kind",
    "relay",
    "outlet",
    "conflict",
    "places",
    "casualties",
    "times",
]
FIGURE_KEYS = ["measure", "low", "high", "qualifier", "who", "scope", "polarity", "previous"]

#: Texts that news systems do produce; each stands in title, summary and text.
WEIRD = {
    "emoji": "🕊️ Truce? 👩‍👩‍👧‍👦 families returned. 🇦🇲🇦🇿 Talks go on. 💥 Three 👮🏽 hurt.",
    "combining": "Le\u0301na Maros\u030c said so. Z\u0335\u0321a\u0321\u0308lgo spoke. Done\u0301.",
    "right to left": "أعلن الجيش هدنة. קיבלו הפסקת אש? Both said so. نعم! “مرحبا”.",
    "bidi overrides": "\u202eerif esaec\u202c was agreed. \u2067Both\u2069 sides. \u200fEnd\u200e.",
    "line ends": "First line.\r\nSecond line.\rThird line.\n\n\nFourth. Fifth.\r\n",
    "no-break": "At\u00a06\u00a0p.m. it began.\u00a0\u00a0Then\u202fit ended.\u2003Dr.\u00a0No.",
    "separators": "One.\u2028Two.\u2029Three.\x85Four.\x0bFive.\x0cSix.\x1cSeven.",
    "invisible": "\ufeffA truce\u200b holds. \u2060 Zero\u00adwidth. \x00 Nul. \x1b[31mred\x1b[0m.",
    "cut in half": "A truce \ud83d holds. \udd4a And \udd4a\ud83d goes on.",
    "other scripts": "双方同意停火。他说没有。ประกาศหยุดยิง युद्धविराम हुआ। 𝐓𝐫𝐮𝐜𝐞 𝟏𝟐 killed. １２ dead.",
    "quotes": "“We agreed,” he said. ‘No.’ «Да», — сказал он. \"Yes.\" 'Maybe.' „Gut.“",
    "abbreviations": "The U.S. Gen. A. B. Smith met Lt. Col. C. at 5 p.m. No. 10 agreed.",
    "markup": "<b>Truce</b> &amp; <script>alert(1)</script>. [x](http://a.b/?c=d&e=f). @all #tag",
    "numbers": f"Some {'9' * 400} killed. ½ hurt. ³ dead. In {'9' * 99} hours. At 25:61. 1/0 died.",
    "no letters": "... ?! — – ‐ • §§ “” '' \"\" (((",
}


def bare(text: str) -> str:
    return "".join(text.split())


def assert_verbatim(source: dict[str, Any], claims: list[dict[str, Any]]) -> None:
    for claim in claims:
        assert claim["quote"]
        assert claim["quote"] == source[claim["field"]][claim["start"] : claim["end"]]


def test_every_quote_is_verbatim_and_every_sentence_is_there_whatever_the_text() -> None:
    sources = {
        name: entry(name, title=text, summary=f"In short: {text}", text=f"{text}\n{text}")
        for name, text in WEIRD.items()
    }
    data = jsonl(*sources.values())
    done = bot(
        "extract", "--no-model", "--all-sentences", data=data, LC_ALL="C", PYTHONIOENCODING="ascii"
    )
    assert done.stderr == b""
    rows = read(done)
    assert [row["id"] for row in rows] == list(WEIRD)
    for row in rows:
        source, claims = sources[row["id"]], row["claims"]
        assert_verbatim(source, claims)
        for field in ("title", "summary", "text"):
            own = [claim for claim in claims if claim["field"] == field]
            assert bare("".join(c["quote"] for c in own)) == bare(source[field]), row["id"]
            assert all(a["end"] <= b["start"] for a, b in pairwise(own))
        for claim in claims:
            assert list(claim)[: len(CLAIM_KEYS)] == CLAIM_KEYS
            assert (claim["scores"], claim["labels"]) == ({}, [])


def test_very_long_and_empty_entries_are_read_within_bounds() -> None:
    sources = {
        "no end": entry("no end", title="word " * 4000, text="x" * 300_000),
        "many": entry("many", title="Many", text="Short one. " * 5000),
        "nulls": entry("nulls", title=None, summary=None, text=None, published_at=None, url=None),
        "blank": entry("blank", title=" \n\t", summary="\u00a0", text="\r\n"),
        "least": entry("least"),
    }
    rows = read(bot("extract", "--no-model", "--all-sentences", data=jsonl(*sources.values())))
    claims = {row["id"]: row["claims"] for row in rows}
    for name, source in sources.items():
        assert_verbatim(source, claims[name])
    assert max(len(c["quote"]) for c in claims["no end"]) <= 2000
    assert (
        bare("".join(c["quote"] for c in claims["no end"] if c["field"] == "text")) == "x" * 300_000
    )
    assert len(claims["many"]) == 400
    assert [claims["nulls"], claims["blank"], claims["least"]] == [[], [], []]


def test_sentences_of_no_conflict_are_claims_only_where_all_are_asked_for() -> None:
    lines = jsonl(
        entry("ours", title="Armenia and Azerbaijan agreed to a ceasefire in Karabakh"),
        entry("other", title="Tomatoes are cheaper this week"),
    )
    some = {row["id"]: row["claims"] for row in read(bot("extract", "--no-model", data=lines))}
    assert [claim["conflict"] for claim in some["ours"]] == ["armenia-azerbaijan"]
    assert some["other"] == []
    rows = read(bot("extract", "-", "--no-model", "--all-sentences", data=lines))
    every = {row["id"]: row["claims"] for row in rows}
    assert every["ours"] == some["ours"]
    assert [(c["quote"], c["conflict"]) for c in every["other"]] == [
        ("Tomatoes are cheaper this week", None)
    ]


def test_local_time_is_read_in_the_zone_given_where_no_pack_places_the_event() -> None:
    lines = jsonl(
        entry("nowhere", title="The truce begins at 18:00 local time on Tuesday"),
        entry("placed", title="Armenia and Azerbaijan: truce begins at 18:00 local time Tuesday"),
    )
    zones = {}
    for zone in ("UTC", "America/New_York"):
        rows = read(bot("extract", "--no-model", "--all-sentences", "--timezone", zone, data=lines))
        zones[zone] = {r["id"]: r["claims"][0]["times"][0]["from"] for r in rows}
    assert zones["UTC"]["nowhere"] == "2026-03-10T18:00:00Z"
    # Five days after the change to summer time there.
    assert zones["America/New_York"]["nowhere"] == "2026-03-10T22:00:00Z"
    # The pack's own zone is four hours ahead, whatever is given.
    assert {times["placed"] for times in zones.values()} == {"2026-03-10T14:00:00Z"}


@pytest.mark.model
def test_extract_tells_who_says_what_how_many_where_and_when(tmp_path: Path) -> None:
    text = (
        "BAKU, March 10 (Reuters) - At least seven soldiers were killed by shelling near Lachin on "
        "Tuesday, Azerbaijan's Defence Ministry said.\n"
        "Armenia and Azerbaijan agreed to a ceasefire that takes effect at 1500 GMT on Wednesday, "
        "the ministry said."
    )
    source = entry(
        "a",
        published_at="2026-03-10T11:00:00Z",
        outlet="daily",
        title="Soldiers killed in shelling near Lachin, Azerbaijan says",
        text=text,
    )
    (tmp_path / "entries.jsonl").write_bytes(jsonl(source, entry("b", title="Tomatoes")))
    first, second = read(bot("extract", tmp_path / "entries.jsonl"))
    assert (second["id"], second["claims"]) == ("b", [])
    assert_verbatim(source, first["claims"])
    assert all(claim["labels"] for claim in first["claims"])
    assert {tuple(claim["scores"]) for claim in first["claims"]} == {tuple(SHIPPED_LABELS)}
    killed = next(claim for claim in first["claims"] if claim["quote"].startswith("BAKU"))
    assert {"casualty", "hostilities"} <= set(killed["labels"])
    assert killed["speaker"] == "Azerbaijan's Defence Ministry"
    assert (killed["stance"], killed["outlet"]) == ("asserts", "daily")
    assert (killed["conflict"], killed["places"]) == ("armenia-azerbaijan", ["Lachin"])
    (figure,) = killed["casualties"]
    assert list(figure) == FIGURE_KEYS
    assert [figure[key] for key in ("measure", "low", "high", "qualifier", "who")] == [
        "killed",
        7,
        None,
        "at_least",
        "soldiers",
    ]
    begins = next(claim for claim in first["claims"] if "1500 GMT" in claim["quote"])
    (time,) = [time for time in begins["times"] if time["precision"] == "minute"]
    assert list(time) == ["text", "from", "to", "precision"]
    assert time["from"] == time["to"] == "2026-03-11T15:00:00Z"
    # A nominal speaker is replaced by the one it stands for.
    assert begins["speaker"] == "Azerbaijan's Defence Ministry"
    assert "ceasefire" in begins["labels"]


# --- contract 3

ACTION_KEYS = [
    "at",
    "action",
    "alert_id",
    "event_id",
    "conflict",
    "kind",
    "reason",
    "status_before",
    "status_after",
    "entry_ids",
    "claims",
    "figures",
    "times",
    "origins",
    "outlets",
    "silent",
    "text",
]


def coverage_lines() -> list[dict[str, Any]]:
    """Return the sample coverage as recorded entries, in order of appearance."""
    coverage, lines = load_coverage(), []
    for sample in coverage.entries:
        for suffix, words in (("", sample), ("-revised", sample.revised)):
            if words is None:
                continue
            page = f"https://{sample.outlet}.example.org/{sample.same_page_as or sample.id}.html"
            lines.append(
                entry(
                    sample.id + suffix,
                    fetched_at=clock_text(words.at),
                    published_at=clock_text(sample.published or sample.at),
                    outlet=sample.outlet,
                    outlet_name=coverage.outlets[sample.outlet].name,
                    url=page + ("?utm_source=newsletter" if sample.same_page_as else ""),
                    guid=sample.id,
                    title=words.title,
                    summary=words.summary,
                    text="\n".join(words.text),
                    lang="en",
                )
            )
    return sorted(lines, key=lambda line: str(line["fetched_at"]))


@pytest.mark.model
def test_replay_tells_the_demo_story_twice_alike_and_answers_for_every_entry(
    tmp_path: Path,
) -> None:
    lines = coverage_lines()
    (tmp_path / "entries.jsonl").write_bytes(jsonl(*lines))
    pack = ("--conflict", FOLDER / "pack.yaml")
    first = bot(
        "replay", "entries.jsonl", *pack, "--decisions", folder=tmp_path, PYTHONHASHSEED="1"
    )
    # From standard input, in the opposite order: the time of an entry decides, not its line.
    backwards = jsonl(*reversed(lines))
    second = bot("replay", *pack, "--decisions", data=backwards, PYTHONHASHSEED="2")
    rows = read(first)
    assert first.stdout == second.stdout

    actions = [row for row in rows if row["action"] != "none"]
    told = [
        (row["action"], row["kind"], row["reason"], row["status_after"], not row["silent"])
        for row in actions
    ]
    assert told == EXPECTED
    texts = {line["id"]: line for line in lines}
    for row in actions:
        assert list(row) == ACTION_KEYS
        for claim in row["claims"]:
            assert list(claim) == ["speaker", "relay", "outlets", "quote", "stance", "url"]
        assert all(list(figure) == [*FIGURE_KEYS, "speaker"] for figure in row["figures"])
        assert all("meaning" in time for time in row["times"])
        # Words of a post are verbatim quotes of the entries behind it.
        words = [str(texts[id][field]) for id in texts for field in ("title", "summary", "text")]
        assert all(any(c["quote"] in word for word in words) for c in row["claims"])
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)

    # Each entry caused an action or has one line that says why not.
    acted = {id for row in actions for id in row["entry_ids"]}
    silent = Counter(id for row in rows if row["action"] == "none" for id in row["entry_ids"])
    assert set(silent.values()) == {1}
    assert not acted & set(silent)
    assert acted | set(silent) == set(texts)
    reasons = {row["entry_ids"][0]: row["reason"] for row in rows if row["action"] == "none"}
    assert reasons["c02"] == "wire_copy"
    assert reasons["c20"] == "repeat"
    assert reasons["c23"] == "too_old"
    # The clock's own move is an action without an entry.
    (due,) = [row for row in actions if not row["entry_ids"]]
    assert (due["at"], due["status_before"], due["status_after"]) == (
        "2026-03-11T15:00:00Z",
        "agreed",
        "due",
    )


SMALL = {
    "id": "tarn-valley",
    "name": "Tarn Valley",
    "timezone": "Etc/GMT-3",
    "parties": [{"id": "ardovia", "names": ["Ardovia"]}, {"id": "selmara", "names": ["Selmara"]}],
    "places": ["Tarn Valley"],
    "mediators": ["Halvia", "Halvian Foreign Minister Ingrid Solle"],
}


@pytest.mark.model
def test_replay_takes_small_packs_as_json_and_prints_no_decisions_unasked(tmp_path: Path) -> None:
    (tmp_path / "small.json").write_text(json.dumps(SMALL), encoding="utf-8")
    other = {**SMALL, "id": "far", "name": "Far", "places": ["Far Sands"], "mediators": []}
    other["parties"] = [{"id": "dunia", "names": ["Dunia"]}, {"id": "moria", "names": ["Moria"]}]
    (tmp_path / "other.json").write_text(json.dumps(other, indent="\t"), encoding="utf-8")
    agreed = next(line for line in coverage_lines() if line["id"] == "c11")
    # Half of a surrogate pair, which neither a database nor a message could hold.
    agreed = {**agreed, "text": agreed["text"] + " \ud83d", "url": agreed["url"] + "\ud83d"}
    noise = entry("n", fetched_at=agreed["fetched_at"], title="Tomatoes are cheaper this week")
    elsewhere = {
        **agreed,
        "id": "far",
        "url": "https://far.example.org/1.html",
        "guid": "far",
        "title": "Dunia and Moria say a truce in the Far Sands has begun",
        "summary": None,
        "text": "A truce between Dunia and Moria took effect in the Far Sands on Wednesday, both "
        "governments said. Dunia's army said that its guns fell silent at noon.",
    }
    # A folder without a config.yaml: the packs given are enough.
    done = bot(
        "replay",
        "--conflict",
        "small.json",
        "--conflict",
        "other.json",
        data=jsonl(noise, agreed, elsewhere),
        folder=tmp_path,
    )
    rows = read(done)
    assert {row["action"] for row in rows} == {"post"}
    assert {row["conflict"] for row in rows} == {"tarn-valley", "far"}
    post = next(row for row in rows if row["conflict"] == "tarn-valley")
    assert (post["kind"], post["status_before"], post["status_after"]) == (
        "ceasefire",
        "none",
        "agreed",
    )
    assert post["claims"][0]["speaker"] == "Halvian Foreign Minister Ingrid Solle"
    starts = [time for time in post["times"] if time["meaning"] == "effective"]
    assert datetime.fromisoformat(starts[0]["from"]).isoformat() == "2026-03-11T15:00:00+00:00"
