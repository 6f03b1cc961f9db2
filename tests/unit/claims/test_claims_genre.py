"""What sort of text an entry is: tables of titles and openings."""

from __future__ import annotations

import pytest

from bot.claims.news.genre import genre_of
from bot.claims.where.elsewhere import is_figurative
from tests.unit.claims.entries import entry

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
    # a label alone, between pipes, in an agency's way
    ("Our view", "opinion"),
    ("Readers' letters", "opinion"),
    ("The truce is a trap | Ida Brook | Comment", "opinion"),
    ("Analysis by Ida Brook: The truce is dead", "opinion"),
    ("ANALYSIS-What Halvia wants", "opinion"),
    ("Podcast: the week in Orvel", "opinion"),
    ("The Courier view on Selmara: time to talk", "opinion"),
    # other sections
    ("Book review: The Siege", "culture"),
    ("Cinema", "culture"),
    ("The weekly news quiz", "culture"),
    ("FACTBOX-Terms of the truce", "explainer"),
    ("Questions and answers: what is a pause?", "explainer"),
    ("Q & A on the truce", "explainer"),
    ("The truce, explained", "explainer"),
    ("Orvel suspends the truce until breaches are explained", None),
    ("Envoy explained terms to both, he says", None),
    ("Old clip shared as raid | Fact-check", "explainer"),
    ("Day 12: where things stand", "explainer"),
    ("Obituary: the general who signed", "history"),
    # authors who tell of themselves
    ("I fled Orvel on foot", "opinion"),
    ("My son was killed at the bridge", "opinion"),
    ("I will not sign: Halvia's president", None),
    # words of sections in news
    ("Letters from captives reach Orvel", None),
    ("Review by UN finds shell hit school", None),
    ("Timeline for pullout agreed", None),
    ("Army releases timeline of raid", None),
    ("Court opinion: Halvia must let aid in", None),
    ("EXCLUSIVE-Halvia accepts truce", None),
    ("Army says truce broken | Daily Courier", None),
    ("Music festival attack: three held", None),
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
    ("Orvel marks two years since the siege", "history"),
    ("Shells kill nine on anniversary of siege", None),
    ("Clashes in Strand as Ardovia marks anniversary", None),
    ("Two years after the siege, Selmara retakes Orvel", None),
    # questions that a title answers, and lists
    ("Why the fall of Orvel matters", "explainer"),
    ("How drones changed the war in the valley", "explainer"),
    ("What Selmara wants", "explainer"),
    ("What Ardovia calls a raid kills nine in Orvel", None),
    ("Five things to know about the ridge", "explainer"),
    ("Timeline of the conflict in the valley", "explainer"),
    ("Recap: what happened on Tuesday", "live_blog"),
    # news
    ("Nine hurt as shells fall on Orvel", None),
    ("Selmara: Truce is over", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "genre"), TITLES)
def test_a_title_tells_the_genre(title: str, genre: str | None) -> None:
    assert genre_of(entry(title)) == genre


ADDRESSES: list[tuple[str, str | None]] = [
    ("https://paper.example/commentisfree/2026/mar/10/truce", "opinion"),
    ("https://paper.example/opinion/2026/3/10/orvel", "opinion"),
    ("https://paper.example/culture/film/the-siege", "culture"),
    ("https://paper.example/news/live/orvel", "live_blog"),
    # the words of a title are no section
    ("https://paper.example/news/2026/3/10/opinion", None),
    ("https://paper.example/news/public-opinion-turns", None),
    ("https://[", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "genre"), ADDRESSES)
def test_an_address_tells_the_section(url: str, genre: str | None) -> None:
    assert genre_of(entry(url=url)) == genre


TEXTS: list[tuple[str, str | None]] = [
    # an author who says "I", twice
    ("I was in Orvel when the shells fell. I think the truce is dead.", "opinion"),
    ("In my view the truce is over. Let us be honest.", "opinion"),
    # once, but at the very start
    ("I write this as a doctor who was there.", "opinion"),
    # once may be a slip
    ("I saw two tanks, the reporter wrote.", None),
    # people who are quoted
    ("“I was there,” she said. “I saw it, and I am afraid.”", None),
    ('"I was there," she said. "I saw it, and I am afraid."', None),
    ("“I told them: ‘I am not leaving’, and I do not regret it,” she said.", None),
    ("She came out at noon.\n- I was there and I have seen it, I am afraid, says the nurse.", None),
    # none
    ("Shells fell on the market.", None),
]


@pytest.mark.parametrize(("text", "genre"), TEXTS)
def test_an_author_who_speaks_of_himself_writes_opinion(text: str, genre: str | None) -> None:
    assert genre_of(entry("The last bus to Orvel", text)) == genre


def test_a_federation_of_states_is_no_sport_however_often_it_is_named() -> None:
    assert not is_figurative("Talks on the federation open.", "The federation is to have cantons.")
    assert is_figurative("The football federation sacks its coach.")
    assert not is_figurative("It lasts until the farming season is over.", "The season ends.")
    assert is_figurative("The league opens its season.", "The season ends in May.")
    assert not is_figurative("The season of the rifle is over.", "The season of words has begun.")
    assert not is_figurative("A league split over the truce.", "The league met.", own={"league"})
