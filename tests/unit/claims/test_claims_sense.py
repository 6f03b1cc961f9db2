"""Why a sentence or a whole entry is no news: tables of sentences, titles and openings."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.genre import genre_of, is_correction
from bot.claims.sense import background_reasons
from bot.feeds.text import split_sentences
from bot.packs import Pack, Party, PastCeasefire
from bot.types import Entry

PACK = Pack(
    id="tarn-valley",
    name="Tarn Valley",
    timezone="Europe/Istanbul",
    parties=(Party(id="ardovia", names=("Ardovia",)), Party(id="selmara", names=("Selmara",))),
    past_ceasefires=(
        PastCeasefire(name="Strand Protocol", names=("Strand accord",), began=date(2019, 5, 1)),
    ),
)


def entry(title: str = "Shells fall on Orvel", text: str | None = None) -> Entry:
    return Entry(
        id="a",
        fetched_at=datetime(2026, 3, 10, 12, tzinfo=UTC),
        published_at=datetime(2026, 3, 10, 11, tzinfo=UTC),
        outlet="wire",
        outlet_name="Wire",
        feed="",
        url="",
        guid="",
        title=title,
        text=text,
    )


def reasons(title: str, text: str) -> list[str | None]:
    source = entry(title, text)
    return list(background_reasons(source, split_sentences(source), PACK))


SENTENCES: list[tuple[str, str | None]] = [
    # news
    ("The truce took effect at noon on Tuesday.", None),
    ("Nine people were wounded when shells fell on the market.", None),
    # questions, also in quotation marks
    ("Will the truce last until Sunday?", "question"),
    ("“Who fired first?”", "question"),
    ("(But who fired first?)", "question"),
    # a question that somebody reports is a statement
    ("The mayor asked who had fired first.", None),
    # years that have passed
    ("The war of 2014 killed thousands in the valley.", "history"),
    ("A ceasefire in May 2019 held for three years.", "history"),
    ("Troops have faced each other across the river since 2014.", "history"),
    # the running year and years ahead
    ("Since January 2026 the road has been closed.", None),
    ("The agreement runs until the end of 2027.", None),
    # numbers that are no years
    ("The army counted 2,019 shells in the valley.", None),
    ("All 2014 villagers were moved.", None),
    # without a year
    ("Last year the pass was closed for months.", "history"),
    ("Five years ago the same bridge was blown up.", "history"),
    ("The two armies fought for decades over the ridge.", "history"),
    ("In the last war the town changed hands twice.", "history"),
    ("Over the past two years the front hardly moved.", "history"),
    # last week is news
    ("Last week nine people were wounded by shells.", None),
    # ceasefires of the past, by their names
    ("Under the Strand Protocol both armies must stay back.", "history"),
    ("The Strand accord was never signed.", "history"),
    # what might be
    ("If the guns are pulled back, talks can start.", "hypothetical"),
    ("Unless the shelling stops, the road stays shut.", "hypothetical"),
    ("Should the truce fail, the bridge will be mined.", "hypothetical"),
    ("The truce could collapse within days, a diplomat said.", "hypothetical"),
    ("Nobody knows what happens if the truce breaks.", "hypothetical"),
    # a condition inside a quotation is a threat of today
    ("“If they fire, we answer,” the general said.", None),
]

SHORTCOMINGS: list[tuple[str, str | None]] = [
    # a past year beside a day of this week: the toll, the old truce and the place are of today
    ("The toll since 2014 stands at 4,000, nine of them killed on Tuesday.", None),
    ("The truce agreed in 2025 was extended on Tuesday.", None),
    ("Shells fell on the memorial of the 2014 war on Monday.", None),
    # an offer with a condition is made today
    (
        "If Ardovia pulls back its guns, Selmara will sign, President Ivo Stellan said on Tuesday.",
        None,
    ),
    # a year without a preposition that marks it
    ("The 2014 war killed thousands in the valley.", "history"),
]


@pytest.mark.parametrize(("sentence", "reason"), SENTENCES)
def test_a_sentence_is_news_or_has_a_reason_why_not(sentence: str, reason: str | None) -> None:
    assert reasons("Shells fall on Orvel", sentence)[1:] == [reason]


@pytest.mark.xfail(strict=True, reason="years and conditions are read without the rest")
@pytest.mark.parametrize(("sentence", "reason"), SHORTCOMINGS)
def test_a_sentence_is_judged_by_more_than_its_year(sentence: str, reason: str | None) -> None:
    assert reasons("Shells fall on Orvel", sentence)[1:] == [reason]


def test_each_sentence_is_judged_by_itself() -> None:
    text = "Shells fell on the market on Tuesday. Will they stop? The war of 2014 began so."
    assert reasons("Shells fall on Orvel", text) == [None, None, "question", "history"]


def test_without_a_pack_old_names_are_unknown() -> None:
    source = entry(text="Under the Strand Protocol both armies must stay back.")
    assert background_reasons(source, split_sentences(source), None) == (None, None)


ENTRIES: list[tuple[str, str, str | None]] = [
    # sport
    (
        "Ardovian and Selmaran coaches call truce before cup final",
        "The two football coaches ended their row over the stadium.",
        "figurative",
    ),
    # trade
    ("Ceasefire in the dairy war", "Exporters welcomed the end of the tariffs.", "figurative"),
    # entertainment and gossip
    ("New film tells of a village truce", "The movie opens at a festival.", "figurative"),
    (
        "Celebrity couple agree a ceasefire",
        "The actor and the actress share the house after their divorce.",
        "figurative",
    ),
    # one such word is nothing
    ("Truce signed in a stadium", "Envoys of both countries met on Tuesday.", None),
    # shells on a football ground are no sport
    (
        "Shelling kills nine at football stadium",
        "Artillery shells hit the stadium during a match.",
        None,
    ),
    (
        "Rocket kills 12 children at football pitch",
        "The rocket hit the pitch during a football match.",
        None,
    ),
    ("Bombing at boxing match kills 40", "Gunmen fled from the tournament.", None),
    # disasters and accidents
    ("Earthquake kills 40 in Orvel district", "Rescuers searched the ruins.", "no_conflict"),
    ("Bus crash kills nine near Kaldor", "The bus fell into a ravine.", "no_conflict"),
    ("Fireworks blast kills two", "A fireworks depot burned down.", "no_conflict"),
    # a disaster where there is a war
    ("Flooding fills trenches", "Troops pulled back from the front line.", None),
    # fighting
    ("Shells fall on Orvel", "Nine people were wounded.", None),
]


@pytest.mark.parametrize(("title", "text", "reason"), ENTRIES)
def test_an_entry_of_another_world_is_no_news_as_a_whole(
    title: str, text: str, reason: str | None
) -> None:
    assert reasons(title, text) == [reason, reason]


TITLES: list[tuple[str, str | None]] = [
    # opinion, before and after the title
    ("Opinion: The truce is a trap", "opinion"),
    ("The truce is a trap | Opinion", "opinion"),
    ("Analysis – What Halvia wants", "opinion"),
    ("Editorial: Time to talk", "opinion"),
    ("Letters: on the truce", "opinion"),
    ("A village at peace — comment by Ida Brook", "opinion"),
    # the same words inside a sentence
    ("Analysis of craters shows type of shell, observers say", None),
    ("Commentary on truce draws fire", None),
    ("Column of tanks enters Orvel", None),
    ("Public opinion turns against the war", None),
    # live pages
    ("Live updates: shelling in Orvel", "live_blog"),
    ("Talks in Strand – live", "live_blog"),
    ("As it happened: talks in Strand", "live_blog"),
    ("Photos: Orvel after the shelling", "live_blog"),
    # living and firing
    ("Ardovia lives with the truce", None),
    ("Live fire drill near Orvel", None),
    # explainers
    ("Explainer: who holds the ridge", "explainer"),
    ("What we know about the shelling of Orvel", "explainer"),
    ("Why did the truce fail?", "explainer"),
    ("How the truce was won", "explainer"),
    ("Day 12 of the truce", "explainer"),
    ("Q&A: the truce", "explainer"),
    # explaining as news
    ("Halvia explains its plan", None),
    ("How many were killed is unclear, army says", None),
    # memory
    ("Orvel marks anniversary of the siege", "history"),
    ("Ten years on, Orvel is still in ruins", "history"),
    ("On this day: the siege of Orvel", "history"),
    # news
    ("Nine hurt as shells fall on Orvel", None),
    ("Selmara: Truce is over", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "genre"), TITLES)
def test_a_title_tells_the_genre(title: str, genre: str | None) -> None:
    assert genre_of(entry(title)) == genre


def test_a_genre_covers_every_sentence() -> None:
    text = "Selmara has broken the truce. Shells fell on Tuesday."
    assert reasons("Opinion: The truce is a trap", text) == ["opinion"] * 3


TEXTS: list[tuple[str, str | None]] = [
    # an author who says "I", twice
    ("I was in Orvel when the shells fell. I think the truce is dead.", "opinion"),
    ("In my view the truce is over. Let us be honest.", "opinion"),
    # once may be a slip
    ("I saw two tanks, the reporter wrote.", None),
    # people who are quoted
    ("“I was there,” she said. “I saw it, and I am afraid.”", None),
    ('"I was there," she said. "I saw it, and I am afraid."', None),
    ("“I told them: ‘I am not leaving’, and I do not regret it,” she said.", None),
    # none
    ("Shells fell on the market.", None),
]


@pytest.mark.parametrize(("text", "genre"), TEXTS)
def test_an_author_who_speaks_of_himself_writes_opinion(text: str, genre: str | None) -> None:
    assert genre_of(entry("The last bus to Orvel", text)) == genre


CORRECTIONS: list[tuple[str, str, bool]] = [
    # in the title
    ("Correction: Nine hurt in Orvel", "", True),
    ("CORRECTED-Nine hurt in Orvel", "", True),
    ("Nine hurt in Orvel (corrected)", "", True),
    ("Retraction: report on talks in Strand", "", True),
    # in the text
    ("Nine hurt", "Nine people were hurt.\nEditor's note: the number was changed.", True),
    ("Nine hurt", "An earlier version of this report said ten.", True),
    ("Nine hurt", "The agency withdraws its report of ten wounded.", True),
    # correcting as news
    ("Correct the record, Stellan tells Ardovia", "", False),
    ("Army corrects course", "The army withdrew its troops.", False),
    ("Nine hurt", "Nine people were hurt.", False),
]


@pytest.mark.parametrize(("title", "text", "expected"), CORRECTIONS)
def test_a_correction_is_known_as_one(title: str, text: str, expected: bool) -> None:
    assert is_correction(entry(title, text)) is expected


NAMED = {"opinion", "live_blog", "explainer", "history", "question", "hypothetical"}


@given(st.text(alphabet=st.characters(codec=None)), st.text(alphabet=st.characters(codec=None)))
def test_every_sentence_of_any_text_gets_a_known_reason_or_none(title: str, text: str) -> None:
    source = entry(title, text)
    sentences = split_sentences(source)
    found = background_reasons(source, sentences, PACK)
    assert len(found) == len(sentences)
    assert set(found) <= NAMED | {"figurative", "no_conflict", None}
