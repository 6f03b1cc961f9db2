"""Why a sentence or a whole entry is no news: tables of sentences and entries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.news.sense import background_reasons
from bot.feeds.text import split_sentences
from bot.packs import Pack, Party, PastCeasefire
from tests.unit.claims.entries import entry

PACK = Pack(
    id="tarn-valley",
    name="Tarn Valley",
    timezone="Europe/Istanbul",
    parties=(Party(id="ardovia", names=("Ardovia",)), Party(id="selmara", names=("Selmara",))),
    past_ceasefires=(
        PastCeasefire(name="Strand Protocol", names=("Strand accord",), began=date(2019, 5, 1)),
    ),
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
    # a past year beside a day of this week: the toll, the old truce and the place are of today
    ("The toll since 2014 stands at 4,000, nine of them killed on Tuesday.", None),
    ("The truce agreed in 2025 was extended on Tuesday.", None),
    ("Shells fell on the memorial of the 2014 war on Monday.", None),
    # an offer with a condition is made today
    (
        "If Ardovia pulls back its guns, Selmara will sign, President Ivo Stellan said on Tuesday.",
        None,
    ),
    # those who only foresee offer nothing
    ("If the truce fails, the valley will burn, analysts said.", "hypothetical"),
    ("Selmara will fight on if the talks fail, its general warned.", None),
    # what was averted is told in passing
    ("A rocket that could have hit the school was shot down on Monday.", None),
    # a year without a preposition that marks it
    ("The 2014 war killed thousands in the valley.", "history"),
    # an old date that measures
    ("Nine died in the heaviest shelling since 2014.", None),
    ("On Wednesday trucks crossed for the first time since 2019.", None),
    ("Two soldiers were wounded, the first losses on the ridge in years.", None),
    # one that describes
    ("The shelter, built in 1974, was full when the rocket struck.", None),
    ("Ivo Stellan, president since 2012, rejected the plan.", None),
    ("Ida Brook, who led the siege in 2014, was killed in Orvel.", None),
    ("A mine laid in the 1990s killed two farmers.", None),
    ("The truce agreed in 2024 has collapsed, Ardovia said.", None),
    ("A court jailed a colonel for shelling Orvel in 2014.", None),
    # one that compares
    ("Ardovia ordered a truce for the feast, as it had done in 2023.", None),
    ("“It was 2014 all over again,” said a man whose house was hit on Sunday.", None),
    # one that names a thing of which today's news is
    ("Selmara suspended the 1974 water treaty.", None),
    ("Ardovia accused Selmara of violating the 2023 ceasefire.", None),
    ("The Strand Protocol is dead, Selmara said.", None),
    ("Ardovia has broken the Strand Protocol a hundred times, Selmara said.", None),
    # but things of the past have a past of their own
    ("The 2023 ceasefire ended two years of war.", "history"),
    ("Ardovia and Selmara signed the 2015 accord under pressure.", "history"),
    ("The resolution, adopted in 2006, calls for a zone free of weapons.", "history"),
    ("Four thousand died in the war of 2014.", "history"),
    ("The museum shows guns of the war of 2014.", "history"),
    # a clause of its own is no description
    ("After protests in Kaldor, Ardovia took the ridge in 2014.", "history"),
    ("Port Senn, the seat of the army since 2023, is a hot and dusty town.", "history"),
    # a weekday of long ago
    ("On Sunday, 24 February 2019, the guns fell silent.", "history"),
    ("On a Saturday morning in October 2023, gunmen crossed the river.", "history"),
    # days and months of the running year
    ("On January 12, gunmen killed 26 people in Orvel.", "history"),
    ("On March 8, gunmen killed 26 people in Orvel.", None),
    ("The truce will run out on April 20.", None),
    ("In October 2025 the two sides exchanged prisoners.", "history"),
    # how it began, what it cost, what failed before, where groups come from
    ("The war has killed thousands and driven a million from their homes.", "history"),
    ("The current war began when gunmen crossed the river.", "history"),
    ("Previous truces collapsed within days.", "history"),
    ("The militia grew out of bands of horsemen.", "history"),
    # memory and commemoration
    ("“We swapped cigarettes over the trench in May 1994,” the colonel remembers.", "history"),
    ("Thousands gathered on Sunday to mark the third anniversary of the siege.", "history"),
    ("Shells fell on Sunday as Orvel marked the anniversary of the siege.", None),
    ("Ardovia recalled its ambassador for the first time since 2019.", None),
    # a work of fiction
    ("In the film’s best scene a sniper and a medic agree on ten minutes’ quiet.", "figurative"),
    ("A drone killed a man whose film about the 2014 war won a prize.", None),
    # what a live page says of itself
    ("Welcome to our live coverage of the truce; stay with us.", "live_blog"),
    ("Here's a summary of what happened today.", "live_blog"),
]


@pytest.mark.parametrize(("sentence", "reason"), SENTENCES)
def test_a_sentence_is_news_or_has_a_reason_why_not(sentence: str, reason: str | None) -> None:
    assert reasons("Shells fall on Orvel", sentence)[1:] == [reason]


def test_life_before_the_war_is_history_unless_the_present_is_told() -> None:
    for sentence, reason in (
        ("Before the war some 9,000 people lived in Orvel.", "history"),
        ("Until the siege the hospital in Orvel had 90 beds.", "history"),
        ("Before the war 90 lorries a day entered Orvel; now there are nine.", None),
        ("Before the war was over, shells killed nine people in Orvel.", None),
    ):
        assert reasons("Shells fall on Orvel", sentence)[1:] == [reason], sentence


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


LIVE: list[tuple[str, str | None]] = [
    ("BREAKING: Ardovia says a truce takes effect at noon.", None),
    ("Shells wounded nine people in Orvel late on Monday.", None),
    ("14:20 GMT – Two shells hit a bakery in Orvel, our reporter says.", None),
    ("14:20 GMT – Here is what happened so far.", "live_blog"),
    ("Two shells have just hit a bakery in Orvel.", None),
    ("Ardovia has held the ridge with three brigades.", "live_blog"),
    ("The war of 2014 killed thousands.", "history"),
]


@pytest.mark.parametrize(("sentence", "reason"), LIVE)
def test_a_live_page_has_news_only_where_a_sentence_is_new(
    sentence: str, reason: str | None
) -> None:
    assert reasons("Orvel: live updates", sentence) == ["live_blog", reason]


def test_a_headline_names_old_wars_as_measure_or_thing() -> None:
    for title in (
        "Deadliest day since 2014 war leaves nine dead",
        "Ardovia declares 2014 truce dead",
    ):
        assert reasons(title, "Nine people were hurt.") == [None, None]


def test_a_genre_covers_every_sentence() -> None:
    text = "Selmara has broken the truce. Shells fell on Tuesday."
    assert reasons("Opinion: The truce is a trap", text) == ["opinion"] * 3


NAMED = {"opinion", "live_blog", "explainer", "history", "question", "hypothetical"}


@given(st.text(alphabet=st.characters(codec=None)), st.text(alphabet=st.characters(codec=None)))
def test_every_sentence_of_any_text_gets_a_known_reason_or_none(title: str, text: str) -> None:
    source = entry(title, text)
    sentences = split_sentences(source)
    found = background_reasons(source, sentences, PACK)
    assert len(found) == len(sentences)
    assert set(found) <= NAMED | {"figurative", "no_conflict", None}
