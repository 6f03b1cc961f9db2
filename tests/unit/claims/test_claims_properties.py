"""What holds for the claims of any entry: quotes verbatim, figures and times in order, no fault."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.claims.extract import extract_claims
from bot.claims.who.attribution import attribute
from bot.feeds.text import split_sentences
from bot.lines import claim_line
from bot.outlets import load_outlets
from bot.packs import Pack
from bot.types import Claim, Entry, Qualifier, SpeakerKind

WIRES = load_outlets().wires
PACK = Pack.model_validate(
    {
        "id": "tarn-valley",
        "name": "Tarn Valley",
        "timezone": "Europe/Istanbul",
        "parties": [
            {"id": "ardovia", "names": ["Ardovia", "Ardovian"], "people": ["Pavel Orsk"]},
            {"id": "selmara", "names": ["Selmara", "Selmaran"], "people": ["Ivo Stellan"]},
        ],
        "places": ["Orvel", "Tarn Valley"],
        "mediators": [{"name": "Halvia", "names": ["Ingrid Solle"]}],
        "decoys": ["Morland"],
    }
)
BARE = Entry(
    id="a",
    fetched_at=datetime(2026, 3, 10, 12, tzinfo=UTC),
    published_at=None,
    outlet="courier",
    outlet_name="Daily Courier",
    feed="",
    url="https://courier.example.org/1",
    guid="",
    title="",
)

#: Words that the grammars of attribution, figures and times turn on, in no sensible order.
WORDS = [
    *("Ardovia", "Selmara's General Staff", "the ministry", "he", "She", "it", "Ingrid Solle", "they"),
    *("said", "told Reuters", "accused", "denied", "rejected", "according to", "citing", "RIA Novosti"),
    *("quoted as saying by", "declined to comment", "that", "which", "who", "(AFP) -", "in a statement"),
    *("killed", "wounded", "12", "1,000", "9" * 30, "dozens of", "at least", "more than", "up to"),
    *("between 20 and 30", "from 5 to 3", "no", "two dozen", "soldiers", "up from 27", "people", "-"),
    *("at 5 p.m.", "0200 GMT", "on Tuesday", "midnight", "a 72-hour truce", "until", "local time"),
    *("25:99", "Orvel", "Morland", "“", "”", '"', "'", "’s", ",", ".", "—", ":", ";", "?", "(", ")", "\n"),
    *("перемирие", "погибли 12 человек", "قال المتحدث", "قتل 12 شخصا", "נהרגו", "停火。", "१२", "٣٠"),
    *("\u202e", "\u200c", "\u0301", "\U0001f600", "\x00", "\ud800"),
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec=None), max_size=120),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
)


def claims_of(entry: Entry, *packs: Pack, timezone: str | None = None) -> tuple[Claim, ...]:
    sentences = split_sentences(entry)
    scores = [{"casualty": 0.9}] * len(sentences)
    return extract_claims(
        entry,
        sentences,
        scores,
        {"casualty": 0.5},
        packs,
        WIRES,
        all_sentences=True,
        timezone=timezone,
    )


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT, st.none() | ANY_TEXT, st.none() | ANY_TEXT, st.sampled_from([(), (PACK,)]))
def test_every_sentence_becomes_one_sound_claim(
    title: str, summary: str | None, text: str | None, packs: tuple[Pack, ...]
) -> None:
    entry = replace(BARE, title=title, summary=summary, text=text)
    claims = claims_of(entry, *packs)
    assert len(claims) == len(split_sentences(entry))
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.quote == entry.field_text(claim.field)[claim.start : claim.end] != ""
        for figure in claim.figures:
            assert figure.text in claim.quote
            assert figure.low is None or figure.high is None or 0 < figure.low <= figure.high
            assert (figure.qualifier is Qualifier.VAGUE) == (figure.low is figure.high is None)
        for span in claim.times:
            assert span.text in claim.quote
            assert span.start <= span.end
        said = claim.attribution
        assert said.speaker is None or said.speaker == said.speaker.strip() != ""
        assert said.speaker_text is None or said.speaker_text in claim.quote
        assert said.party is None or said.party in {"ardovia", "selmara"}
        assert said.speaker is not None or said.speaker_kind in {None, SpeakerKind.MEDIA}
        assert claim.conflict in {None, "tarn-valley"}


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_the_same_entry_gives_the_same_claims(title: str, text: str) -> None:
    entry = replace(BARE, title=title, text=text)
    assert claims_of(entry, PACK) == claims_of(entry, PACK)


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_claims_print_as_json(title: str, text: str) -> None:
    for claim in claims_of(replace(BARE, title=title, text=text), PACK):
        printed = json.loads(json.dumps(claim_line(claim)))
        assert printed["quote"] == claim.quote
        assert printed["end"] - printed["start"] == len(printed["quote"])


SCRIPTS = [
    # Cyrillic
    "Перемирие вступило в силу. По данным министерства, погибли 12 человек.",
    # Arabic and Hebrew, from the right
    "دخلت الهدنة حيز التنفيذ. قال المتحدث إن 12 شخصا قتلوا.",
    "הפסקת האש נכנסה לתוקף. שנים עשר בני אדם נהרגו.",
    # no spaces
    "停火生效。国防部说12人死亡。",
    # beyond the basic plane, where other languages count two units
    "\U0001f54a The truce holds. \U0001f54a Nine people were wounded, the mayor said.",
    # combining marks that a careless normalisation would join
    "Zu\u0308rich hosts talks. An envoy said the truce holds.",
]


@pytest.mark.parametrize("text", SCRIPTS)
def test_offsets_hold_in_every_script(text: str) -> None:
    claims = claims_of(replace(BARE, title=text, summary=text.upper(), text=text), PACK)
    body = [claim for claim in claims if claim.field == "text"]
    assert len(body) == 2
    assert [text[claim.start : claim.end] for claim in body] == [claim.quote for claim in body]
    assert " ".join(claim.quote for claim in body).replace(" ", "") == text.replace(" ", "")


def test_clocks_without_a_pack_follow_the_zone_that_was_asked_for() -> None:
    entry = replace(BARE, text="The truce begins at 6 p.m. local time on Wednesday.")
    (utc,) = claims_of(entry)
    (baku,) = claims_of(entry, timezone="Asia/Baku")
    assert [f"{span.start:%H:%M}" for span in (*utc.times, *baku.times)] == ["18:00", "14:00"]


def test_clocks_with_a_pack_follow_the_place() -> None:
    entry = replace(
        BARE,
        title="Ardovia and Selmara agree truce in Orvel",
        text="The truce begins at 6 p.m. local time on Wednesday.",
    )
    claim = claims_of(entry, PACK, timezone="Asia/Baku")[-1]
    assert [f"{span.start:%H:%M}" for span in claim.times] == ["15:00"]


HOSTILE = [
    # reporting verbs without end
    "said that " * 10_000,
    # quotation marks that never close
    "“he said “" * 8_000,
    # titles and names
    "President Ivo Stellan, " * 4_000,
    # numbers and sides
    "12 soldiers and " * 5_000,
    # clauses
    "according to the ministry, citing Reuters, " * 2_000,
    # commas
    "," * 50_000,
    # capital letters
    "A" * 50_000 + " killed 3",
]


@pytest.mark.parametrize(
    "text", HOSTILE, ids=["verbs", "quotes", "names", "sums", "clauses", "commas", "word"]
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    began = time.process_time()
    claims = claims_of(replace(BARE, title=text, text=text[:80_000]), PACK)
    assert time.process_time() - began < 5
    assert claims


def test_without_labels_only_what_speaks_for_itself_is_told() -> None:
    entry = replace(
        BARE,
        title="Ardovia and Selmara agree truce in Orvel",
        text="One. Two. Three. Four. Five. Six. Seven. Trees are green. Shells wounded nine people."
        " Ardovia denied the report. Rain fell.",
    )
    sentences = split_sentences(entry)
    scores = [{"ceasefire": 0.1}] * len(sentences)
    claims = extract_claims(entry, sentences, scores, {"ceasefire": 0.5}, [PACK], WIRES)
    told = [claim.quote for claim in claims if claim.field == "text" and claim.start > 40]
    assert told == ["Shells wounded nine people.", "Ardovia denied the report."]
    assert all(claim.labels == () for claim in claims)


def test_an_entry_of_no_conflict_has_no_claims_unless_all_are_asked_for() -> None:
    entry = replace(BARE, title="Storm hits coast", text="Nine people were killed.")
    sentences = split_sentences(entry)
    scores = [{"casualty": 0.9}] * len(sentences)
    assert extract_claims(entry, sentences, scores, {"casualty": 0.5}, [PACK], WIRES) == ()
    assert [claim.labels for claim in claims_of(entry, PACK)] == [("casualty",)] * 2


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_attribution_reads_any_words(text: str) -> None:
    entry = replace(BARE, title=text, text=text)
    sentences = split_sentences(entry)
    assert len(attribute(entry, sentences, PACK, WIRES)) == len(sentences)
    assert len(attribute(entry, sentences, None, ())) == len(sentences)
