"""Posts are exact, attributed and inert, whatever words come in; golden texts of every message."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.alerts import templates
from bot.alerts.render import (
    END_ISOLATE,
    INERT,
    ISOLATE,
    claim_line,
    figure_words,
    render_clock,
    render_post,
    render_reply,
    units,
)
from bot.events.steps import BREACHES, CEASEFIRE, TALKS
from bot.packs import Pack, Party
from bot.preview.markup import FormattedText, parse_html, with_found_entities
from bot.types import (
    Attribution,
    Claim,
    Event,
    Figure,
    Measure,
    Precision,
    Qualifier,
    Stance,
    Status,
    TimeMeaning,
    TimeSpan,
)

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 3, 11, 8, 5, tzinfo=UTC)
AT = datetime(2026, 3, 11, 7, 20, tzinfo=UTC)
PACK = Pack(
    id="tarn-valley",
    name="Tarn Valley",
    timezone="UTC",
    parties=(Party(id="ardovia", names=("Ardovia",)),),
)
HOSTILE_PACK = PACK.model_copy(update={"name": "Tarn & <Valley>"})


def claim(
    quote: str = "The guns fell silent at dawn.",
    *,
    speaker: str | None = "Paul Renner",
    relay: str | None = None,
    outlet: str = "Harbour Radio",
    url: str = "https://harbour.example.org/a?x=1&y=2",
    stance: Stance = Stance.ASSERTS,
    entry: str = "e1",
    figures: tuple[Figure, ...] = (),
) -> Claim:
    return Claim(
        id=f"{entry}:text:0",
        entry_id=entry,
        at=AT,
        field="text",
        quote=quote,
        start=0,
        end=len(quote),
        labels=("ceasefire",),
        scores={"ceasefire": 0.9},
        attribution=Attribution(speaker=speaker, relay=relay, stance=stance),
        outlet="x",
        outlet_name=outlet,
        url=url,
        conflict="tarn-valley",
        figures=figures,
    )


def event(*claims: Claim, **given: object) -> Event:
    made = Event(
        id="tarn-valley-4",
        conflict="tarn-valley",
        kind="ceasefire",
        first_at=AT,
        last_at=NOW,
        claims=claims,
        entry_ids=tuple(c.entry_id for c in claims),
        alert_id="TL-000004",
    )
    return replace(made, **given)  # type: ignore[arg-type]


def killed(number: int, text: str) -> Figure:
    return Figure(
        measure=Measure.KILLED, low=number, high=number, qualifier=Qualifier.EXACT, text=text
    )


def minute(day: int, hour: int, meaning: TimeMeaning) -> TimeSpan:
    at = datetime(2026, 3, day, hour, tzinfo=UTC)
    return TimeSpan(text="then", start=at, end=at, precision=Precision.MINUTE, meaning=meaning)


AGREED = claim(
    "Ardovia and Selmara have agreed to a 72-hour ceasefire, Ingrid Solle said.",
    speaker="Halvian Foreign Minister Ingrid Solle",
    relay="Meridian News Agency",
    outlet="Lakeland Post",
    url="https://lakeland.example.org/truce",
)


# Golden texts


def test_a_post_shows_status_claims_times_and_counts() -> None:
    agreed = event(
        AGREED,
        claim("We accept, Lena Marosh said.", speaker="Lena Marosh", entry="e2"),
        step="agreed",
        status_before=Status.ANNOUNCED,
        status_after=Status.AGREED,
        times=(minute(11, 15, TimeMeaning.EFFECTIVE), minute(14, 15, TimeMeaning.EXPIRY)),
    )
    assert render_post(agreed, PACK, now=NOW) == (
        "<b>Tarn Valley · ceasefire agreed</b>\n"
        "Status: announced by one side → agreed\n"
        "\n"
        "“Ardovia and Selmara have agreed to a 72-hour ceasefire, Ingrid Solle said.”\n"
        "— <b>Halvian Foreign Minister Ingrid Solle</b>, via <b>Meridian News Agency</b>, in "
        '<a href="https://lakeland.example.org/truce">Lakeland Post</a> (11 Mar 07:20 UTC)\n'
        "\n"
        "“We accept, Lena Marosh said.”\n"
        "— <b>Lena Marosh</b>, in "
        '<a href="https://harbour.example.org/a?x=1&amp;y=2">Harbour Radio</a> '
        "(11 Mar 07:20 UTC)\n"
        "\n"
        "Start: 11 Mar 15:00 UTC · End: 14 Mar 15:00 UTC\n"
        "\n"
        "2 origins · 2 outlets · TL-000004"
    )


def test_an_edited_post_says_which_version_it_is_and_since_when() -> None:
    edited = event(AGREED, kind="casualty", revision=2)
    assert render_post(edited, PACK, now=NOW) == (
        "<b>Tarn Valley · casualties reported</b>\n"
        "\n"
        f"{claim_line(AGREED)}\n"
        "\n"
        "1 origin · 1 outlet · TL-000004 · v3 · updated 11 Mar 08:05 UTC"
    )


def test_a_denial_answers_the_post_in_the_words_of_the_one_who_denies() -> None:
    denial = claim(
        "Not one of our guns was in action, Dana Kreel said.",
        speaker="Dana Kreel",
        stance=Stance.DENIES,
    )
    assert render_reply(event(AGREED), PACK, [denial], "denial") == (
        "<b>Tarn Valley · denied</b>\n"
        "\n"
        "“Not one of our guns was in action, Dana Kreel said.”\n"
        "— <b>Dana Kreel</b> (denies), in "
        '<a href="https://harbour.example.org/a?x=1&amp;y=2">Harbour Radio</a> '
        "(11 Mar 07:20 UTC)\n"
        "\n"
        "TL-000004"
    )


def test_a_correction_strikes_the_old_figure_out_and_shows_the_new_words() -> None:
    new = claim("The toll has risen to 10, the ministry said.", speaker="Defence Ministry")
    assert render_reply(event(AGREED), PACK, [new], "correction", killed(11, "11")) == (
        "<b>Tarn Valley · corrected by the outlet</b>\n"
        "\n"
        "<s>11 killed</s>\n"
        "\n"
        "“The toll has risen to 10, the ministry said.”\n"
        "— <b>Defence Ministry</b>, in "
        '<a href="https://harbour.example.org/a?x=1&amp;y=2">Harbour Radio</a> '
        "(11 Mar 07:20 UTC)\n"
        "\n"
        "TL-000004"
    )


CLOCK_MOVES = [
    # the stated hour comes: no word of a start
    (
        Status.AGREED,
        Status.DUE,
        "<b>Tarn Valley · agreed → due</b>\n"
        "The stated hour has come; no start is reported yet.\n"
        "TL-000004",
    ),
    # the stated term runs out: no word of an end
    (
        Status.STRAINED,
        Status.LAPSED,
        "<b>Tarn Valley · strained → term passed</b>\n"
        "The stated term has passed; no extension is known.\n"
        "TL-000004",
    ),
]


@pytest.mark.parametrize(("before", "after", "text"), CLOCK_MOVES)
def test_a_move_of_the_clock_says_no_more_than_the_time(
    before: Status, after: Status, text: str
) -> None:
    assert render_clock(event(AGREED), PACK, before, after) == text


# Headings

HEADINGS = [
    # a step has words of its own
    ({"step": "effective"}, "ceasefire start reported"),
    # one side that says "agreed" is one side
    ({"step": "agreed", "status_after": Status.ANNOUNCED}, "ceasefire accepted by one side"),
    # without a step the kind speaks
    ({"kind": "hostilities"}, "attack reported"),
    ({"kind": "violation"}, "breach alleged"),
    # an operator's own label is shown as it is written
    ({"kind": "aid_delivery"}, "aid delivery"),
]


@pytest.mark.parametrize(("given", "words"), HEADINGS)
def test_the_heading_names_step_or_kind(given: dict[str, object], words: str) -> None:
    shown = render_post(event(AGREED, **given), PACK, now=NOW)
    assert shown.splitlines()[0] == f"<b>Tarn Valley · {words}</b>"


def test_no_status_line_stands_where_no_status_moved() -> None:
    still = event(AGREED, status_before=Status.IN_FORCE, status_after=Status.IN_FORCE)
    assert "Status:" not in render_post(still, PACK, now=NOW)


def test_markup_in_a_conflict_s_name_is_text() -> None:
    for text in (
        render_post(event(AGREED), HOSTILE_PACK, now=NOW),
        render_reply(event(AGREED), HOSTILE_PACK, [AGREED], "denial"),
        render_clock(event(AGREED), HOSTILE_PACK, Status.AGREED, Status.DUE),
    ):
        assert parse_html(text).text.startswith("Tarn & <Valley> · ")


# Lines

LINES = [
    # speaker, relay and outlet
    (
        {"speaker": "Defence Ministry", "relay": "MNA"},
        "— <b>Defence Ministry</b>, via <b>MNA</b>, in {outlet}",
    ),
    # nothing between speaker and outlet
    ({"speaker": "Defence Ministry"}, "— <b>Defence Ministry</b>, in {outlet}"),
    # an agency as the only source stands as the one who says it
    ({"speaker": None, "relay": "MNA"}, "— <b>MNA</b>, in {outlet}"),
    # nobody named: the line says so
    ({"speaker": None}, "— <i>the report does not name the speaker</i>, in {outlet}"),
    # a name of invisible characters is no name
    ({"speaker": "\u200b\u2060"}, "— <i>the report does not name the speaker</i>, in {outlet}"),
    # what the speaker does with the words, where it is not plain assertion
    ({"stance": Stance.ACCUSES}, "— <b>Paul Renner</b> (accuses), in {outlet}"),
    ({"stance": Stance.CALLS_FOR}, "— <b>Paul Renner</b> (calls for), in {outlet}"),
    ({"stance": Stance.PLANS}, "— <b>Paul Renner</b> (plans), in {outlet}"),
]
OUTLET = '<a href="https://harbour.example.org/a?x=1&amp;y=2">Harbour Radio</a> (11 Mar 07:20 UTC)'


@pytest.mark.parametrize(("given", "line"), LINES)
def test_every_line_names_speaker_relay_and_outlet(given: dict[str, object], line: str) -> None:
    shown = claim_line(claim(**given))  # type: ignore[arg-type]
    assert shown == "“The guns fell silent at dawn.”\n" + line.format(outlet=OUTLET)


ADDRESSES = [
    # no web address: the name stands without a link
    "",
    "javascript:alert(1)",
    "tg://resolve?domain=channel",
    "/relative",
    # characters that no address has and no message takes
    "https://harbour.example.org/\ud800",
    "https://harbour.example.org/\n/admin",
    # an address too long to be one
    "https://harbour.example.org/" + "a" * 1000,
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_only_a_web_address_of_fit_length_becomes_a_link(url: str) -> None:
    assert claim_line(claim(url=url)).endswith(", in Harbour Radio (11 Mar 07:20 UTC)")


def test_a_quote_in_several_lines_becomes_one() -> None:
    assert claim_line(claim("The guns\n\n fell\tsilent.")).startswith("“The guns fell silent.”\n")


NEWLINES = [
    # a speaker's name cannot start a line of ours
    {"speaker": "Renner\n\nStatus: none → agreed"},
    {"relay": "MNA\u2028Status: none → agreed"},
    {"outlet": "Radio\tand\nmore"},
]


@pytest.mark.parametrize("given", NEWLINES)
def test_a_name_in_several_lines_cannot_forge_one_of_ours(given: dict[str, object]) -> None:
    shown = parse_html(claim_line(claim(**given))).text  # type: ignore[arg-type]
    assert len(shown.splitlines()) == 2


def test_a_long_quote_is_cut_at_a_word_and_says_so() -> None:
    shown = claim_line(claim("word, " * 100)).splitlines()[0]
    assert shown == "“" + "word, " * 45 + "word …”"


def test_a_right_to_left_quote_keeps_its_direction_to_itself() -> None:
    quote = "وقف إطلاق النار"
    assert claim_line(claim(quote)).startswith(f"“{ISOLATE}{quote}{END_ISOLATE}”\n")


def test_a_right_to_left_name_keeps_its_direction_to_itself() -> None:
    name = "وزارة الدفاع"
    assert f"<b>{ISOLATE}{name}{END_ISOLATE}</b>" in claim_line(claim(speaker=name))


def test_one_line_stands_per_origin_and_stance_with_the_newest_figures() -> None:
    first = claim("Seven were killed.", entry="e1", figures=(killed(7, "Seven"),))
    repeated = claim("The guns were heard far away.", entry="e2")
    newer = claim("The toll is 11.", entry="e3", figures=(killed(11, "11"),))
    denial = claim("It is untrue.", entry="e4", stance=Stance.DENIES)
    other = claim("Nine were killed.", speaker="Dana Kreel", entry="e5")
    shown = render_post(event(first, repeated, newer, denial, other), PACK, now=NOW).splitlines()
    assert [line for line in shown if line.startswith("“")] == [
        "“The toll is 11.”",
        "“It is untrue.”",
        "“Nine were killed.”",
    ]


def test_a_ninth_origin_gets_no_line_but_counts() -> None:
    many = [claim(f"Word {n}.", speaker=f"Speaker {n}", entry=f"e{n}") for n in range(9)]
    shown = render_post(event(*many), PACK, now=NOW)
    assert shown.count("\n— ") == 8
    assert "9 origins · 1 outlet · TL-000004" in shown


TIMES = [
    # a start and talks, each at a minute
    (
        [minute(11, 15, TimeMeaning.EFFECTIVE), minute(12, 9, TimeMeaning.TALKS)],
        "Start: 11 Mar 15:00 UTC · Talks: 12 Mar 09:00 UTC",
    ),
    # the same time twice is one
    ([minute(11, 15, TimeMeaning.EFFECTIVE)] * 2, "Start: 11 Mar 15:00 UTC"),
    # a time of something else is not shown
    ([minute(11, 15, TimeMeaning.OTHER)], None),
    # what is not stated to the minute is not shown as if it were
    (
        [
            TimeSpan(
                text="on Wednesday",
                start=datetime(2026, 3, 11, tzinfo=UTC),
                end=datetime(2026, 3, 12, tzinfo=UTC),
                precision=Precision.DAY,
                meaning=TimeMeaning.EFFECTIVE,
            )
        ],
        None,
    ),
]


@pytest.mark.parametrize(("times", "line"), TIMES)
def test_stated_clock_times_have_a_line_of_their_own(
    times: list[TimeSpan], line: str | None
) -> None:
    parts = render_post(event(AGREED, times=tuple(times)), PACK, now=NOW).split("\n\n")
    assert parts[2:-1] == ([line] if line else [])


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("negotiation", "Start: 11 Mar 15:00 UTC · Talks: 12 Mar 09:00 UTC"),
        # the hour an attack began is no start of a ceasefire
        ("violation", "Talks: 12 Mar 09:00 UTC"),
        ("hostilities", "Talks: 12 Mar 09:00 UTC"),
    ],
)
def test_a_start_is_shown_of_a_ceasefire_alone(kind: str, line: str) -> None:
    times = (minute(11, 15, TimeMeaning.EFFECTIVE), minute(12, 9, TimeMeaning.TALKS))
    made = event(AGREED, kind=kind, times=times)
    assert render_post(made, PACK, now=NOW).split("\n\n")[2] == line


FIGURES = [
    # the words of the report, not the number read from them
    (killed(7, "at least seven"), "at least seven killed"),
    # no words: the measure alone, never a number of our own
    (killed(7, ""), "killed"),
    (replace(killed(4, "four"), measure=Measure.VIOLATIONS), "four violations"),
]


@pytest.mark.parametrize(("figure", "words"), FIGURES)
def test_a_figure_is_shown_in_the_words_of_the_report(figure: Figure, words: str) -> None:
    assert figure_words(figure) == words


def test_too_many_words_leave_out_whole_lines_and_say_how_many() -> None:
    heavy = [
        claim(
            "&" * 280, speaker=f"{n}" + "&" * 119, relay="&" * 120, outlet=f"R {n}", entry=f"e{n}"
        )
        for n in range(8)
    ]
    shown = render_post(event(*heavy), PACK, now=NOW)
    kept = shown.count("\n— ")
    assert 0 < kept < 8
    assert f"\n\n… {8 - kept} more\n\n" in shown
    assert shown.endswith("8 origins · 8 outlets · TL-000004")
    assert units(shown) <= 4096


# Inert texts

ACTIVE = [
    # mentions, commands, tags
    "Write to @ministry_press now",
    "Send /start to the bot",
    "All under #ceasefire",
    # addresses with and without a scheme, in any case and script
    "Read https://evil.example.org/login",
    "Open tg://resolve?domain=evil",
    "Go to evil.com/now or t.me/evil",
    "GO TO EVIL.COM NOW",
    "Откройте пример.рф сейчас",
    # a mail address
    "Ask press@ministry.gov.example",
    # hidden characters put between the sign and the word
    "Write to @\u200bministry and /\u2060start",
]


@pytest.mark.parametrize("words", ACTIVE)
@pytest.mark.parametrize("part", ["quote", "speaker", "relay", "outlet"])
def test_words_of_others_cannot_mention_command_or_link(words: str, part: str) -> None:
    shown = parse_html(claim_line(claim(url="", **{part: words})))  # type: ignore[arg-type]
    assert active_parts(shown) == []
    # Only invisible joiners were added: what is read is what was said.
    assert words.replace("\u200b", "").replace("\u2060", "") in shown.text.replace(INERT, "")


def active_parts(shown: FormattedText) -> list[str]:
    """Return what Telegram would make a mention, command, tag or link of by itself."""
    kinds = [e.type for e in with_found_entities(shown).entities]
    found = [kind for kind in kinds if kind in ("bot_command", "url")]
    return found + re.findall(r"[@/#]\w+|\w+://\w|[\w-]\.[^\W\d_]{2,}", shown.text)


#: Who says it, where, and when.
NAMED = re.compile(r"— .+, in .+ \(11 Mar 07:20 UTC\)")

#: Signs that mean something to Telegram, to HTML or to the eye, among any others.
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            "<b> </b> <a href='x'> & &lt; &#60; \" ' @user /start #tag tg://x http://a.b t.me/x "
            "\u202e \u2066 \u200b \u2060 \ufeff \n \u2028 \u0301\u0301\u0301\u0301\u0301\u0301 "
            "\U0001f1e6 \U000e0041 \u0627\u0628 . : / @ # // ://".split(" ")
        ),
    ),
    max_size=12,
).map("".join)
URLS = st.one_of(
    HOSTILE,
    HOSTILE.map(lambda tail: "https://outlet.example.org/" + tail),
    HOSTILE.map(lambda host: "http://" + host),
)
CLAIMS = st.builds(
    claim,
    HOSTILE.map(lambda words: words * 3),
    speaker=st.none() | HOSTILE,
    relay=st.none() | HOSTILE,
    outlet=HOSTILE,
    url=URLS,
    stance=st.sampled_from(Stance),
    entry=st.sampled_from(["e1", "e2", "e3"]),
    figures=st.sampled_from([(), (killed(7, "seven"),)]),
)


def addresses(claims: list[Claim]) -> set[str]:
    """Return the outlets' addresses as Telegram writes them."""
    found = set()
    for one in claims:
        with suppress(ValueError):
            found.add(urlsplit(one.url.strip()).geturl())
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(claims=st.lists(CLAIMS, min_size=1, max_size=9), old=st.none() | HOSTILE)
def test_any_words_make_a_post_that_is_fit_to_send_and_links_to_its_outlets_only(
    claims: list[Claim], old: str | None
) -> None:
    posted = event(*claims, revision=1, times=(minute(11, 15, TimeMeaning.EXPIRY),))
    figure = None if old is None else killed(11, old)
    for html in (
        render_post(posted, PACK, now=NOW),
        render_reply(posted, PACK, claims, "correction", figure),
    ):
        shown = parse_html(html)
        assert len(shown.text.encode("utf-16-le")) // 2 <= 4096
        assert "TL-000004" in shown.text
        assert active_parts(shown) == []
        assert {e.url for e in shown.entities if e.url is not None} <= addresses(claims)
        told = [part.split("\n") for part in shown.text.split("\n\n") if part.startswith("“")]
        assert told
        assert all(len(lines) == 2 and NAMED.fullmatch(lines[1]) for lines in told)


@settings(max_examples=50, deadline=None)
@given(claims=st.lists(CLAIMS, min_size=1, max_size=4))
def test_rendering_again_gives_the_same_post(claims: list[Claim]) -> None:
    first, again = (render_post(event(*claims), PACK, now=NOW + timedelta(days=n)) for n in (0, 1))
    # An unedited post shows no time of its own.
    assert first == again


# The bot's own words


def test_every_status_step_and_reason_has_words() -> None:
    assert set(templates.STATUS_WORDS) == set(Status)
    assert set(templates.CLOCK_WORDS) == {Status.DUE, Status.LAPSED}
    assert {*CEASEFIRE, *TALKS, *BREACHES, "offensive_announced"} == set(templates.STEP_WORDS)
    assert set(templates.STANCE_WORDS) == {s.value for s in Stance} - {"asserts"}


JUDGING = re.compile(r"\b(?:confirm\w*|facts?|factual\w*|tru(?:e|th)\w*|verif\w+)\b", re.IGNORECASE)


def own_words(path: Path) -> list[str]:
    """Return the string constants of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is str]
    told = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    return [str(n.value) for n in strings if id(n) not in told]


VOICES = sorted(p for room in ("alerts", "commands") for p in (ROOT / "bot" / room).glob("*.py"))


@pytest.mark.parametrize("module", VOICES)
def test_the_bot_s_own_voice_confirms_nothing(module: Path) -> None:
    assert [words for words in own_words(module) if JUDGING.search(words)] == []


def test_the_search_for_judging_words_finds_them() -> None:
    assert JUDGING.search("Confirmed: a ceasefire")
    assert "ceasefire agreed" in own_words(ROOT / "bot/alerts/templates.py")
