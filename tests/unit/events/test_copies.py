"""Copies of one text are one origin, and nothing that brings news is taken for a copy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events.copies import CopyVerdict, judge_copy, recent
from bot.types import CopyGroup, Entry

NOW = datetime(2026, 3, 10, 6, 10, tzinfo=UTC)

LEAD = (
    "Artillery fire killed seven people and wounded 12 at a market in the valley town of Orvel on "
    "Tuesday, Ardovia's Defence Ministry said, blaming Selmaran batteries across the river."
)
BODY = (
    " The shells landed between stalls shortly after the market had opened, according to the "
    "ministry. There was no immediate comment from the Selmaran capital, Brenn."
)
#: What an agency puts under every story of a conflict.
BACKGROUND = (
    " Tarn Valley is held by Ardovia and claimed by Selmara, and troops of both countries have "
    "faced each other along the river Esk since a war in 2011. Halvia has offered to mediate "
    "between the two governments several times, and an observer mission with nine posts has "
    "watched the valley floor since the spring of last year without any power to stop a shell."
)
OTHER_LEAD = (
    "Selmara's foreign minister flew to Strand on Thursday and handed a letter from his president "
    "to the Halvian government, an official in the delegation said after the landing."
)


def entry(
    text: str | None,
    number: int = 1,
    *,
    title: str = "Seven killed as shells hit market in Orvel",
    summary: str | None = None,
    at: datetime = NOW,
    url: str | None = None,
) -> Entry:
    return Entry(
        id=f"e{number}",
        fetched_at=at,
        published_at=at,
        outlet=f"outlet{number}",
        outlet_name=f"Outlet {number}",
        feed="",
        url=url if url is not None else f"https://outlet{number}.example.org/page",
        guid="",
        title=title,
        summary=summary,
        text=text,
    )


def verdict(known: Entry, new: Entry) -> CopyVerdict:
    return judge_copy(new, [judge_copy(known, []).group])


ORIGINAL = entry("KALDOR, March 10 (MNA) - " + LEAD + BODY + BACKGROUND)

COPIES = [
    # the same body under a headline of its own
    (
        entry(ORIGINAL.text, 2, title="Morning of horror in the valley as market is shelled"),
        "same_text",
    ),
    # another dateline and another credit before the same words
    (entry("Kaldor, 10 March /MNA/ - " + LEAD + BODY + BACKGROUND, 2), "same_text"),
    (entry("KALDOR: " + LEAD + BODY + BACKGROUND, 2), "same_text"),
    # typography and case of the house
    (
        entry((LEAD + BODY + BACKGROUND).replace("'", "’").replace("Tuesday", "TUESDAY"), 2),
        "same_text",
    ),
    # a sentence left out, one word changed
    (
        entry(LEAD.replace("blaming", "and blamed") + BODY + BACKGROUND[:-90], 2),
        "same_text",
    ),
    # the first paragraphs only, more than 40 words
    (entry(LEAD + BODY, 2), "contained_text"),
    # the agency's lead under its credit, with a close of the house's own
    (
        entry(
            f"KALDOR (MNA) - {LEAD} Our correspondent in the provincial capital says that schools "
            "will stay closed until Friday and that the hospital has asked for blood, while the "
            "railway company has stopped every train to the valley until further notice.",
            2,
        ),
        "same_wire_lead",
    ),
    # the lead alone, word for word
    (entry(LEAD, 2), "same_text"),
]


@pytest.mark.parametrize(("new", "reason"), COPIES)
def test_the_same_text_in_other_clothes_is_a_copy(new: Entry, reason: str) -> None:
    found = verdict(ORIGINAL, new)
    assert (found.is_copy, found.reason, found.group.id) == (True, reason, "e1")


SHORT = "Artillery fire killed seven people at a market in the town of Orvel, the ministry said."

NO_COPIES = [
    # quite another text, short or long
    (ORIGINAL, entry(OTHER_LEAD, 2)),
    (entry(LEAD + BODY), entry(OTHER_LEAD + BACKGROUND, 2)),
    # a few words of the known text: too few to tell
    (ORIGINAL, entry("The shells landed between stalls shortly after the market had opened.", 2)),
    # the same agency, the same background, but news in the lead
    (ORIGINAL, entry("STRAND (MNA) - " + OTHER_LEAD + BACKGROUND, 2)),
    # the same without a credit, where the background is most of the text
    (entry(LEAD + BACKGROUND), entry(OTHER_LEAD + BACKGROUND, 2)),
    # the known text at the end of one that says more before it
    (entry(LEAD + BODY), entry(OTHER_LEAD + " " + OTHER_LEAD + LEAD + BODY, 2)),
    # a short text and a longer one that goes on
    (entry(LEAD), entry(LEAD + BODY + BACKGROUND, 2)),
    # short texts that differ in the toll, the place or the day
    (entry(SHORT), entry(SHORT.replace("seven", "nine"), 2)),
    (entry(SHORT), entry(SHORT.replace("Orvel", "Esk"), 2)),
    (
        entry(LEAD, title="A"),
        entry(LEAD.replace("Orvel on Tuesday", "Orvel on Friday"), 2, title="A"),
    ),
    # headlines alone that share all but one word
    (
        entry(None, title="Two soldiers killed in shelling near the town of Orvel, ministry says"),
        entry(
            None, 2, title="Six soldiers killed in shelling near the town of Orvel, ministry says"
        ),
    ),
    # a feed that puts the same words under every headline
    (
        entry(None, title="Shells hit market", summary="Follow our live coverage " * 9),
        entry(None, 2, title="Talks begin in Strand", summary="Follow our live coverage " * 9),
    ),
    # too few words to tell
    (entry(None, title="Ceasefire holds"), entry(None, 2, title="Ceasefire holds")),
    # nothing at all
    (entry("", title=""), entry("", 2, title="")),
]


def test_a_short_text_is_a_copy_word_for_word() -> None:
    assert verdict(entry(SHORT), entry(SHORT, 2)).is_copy
    assert not verdict(entry(SHORT), entry(SHORT + " More follows.", 2)).is_copy


@pytest.mark.parametrize(("known", "new"), NO_COPIES)
def test_what_may_bring_news_is_no_copy(known: Entry, new: Entry) -> None:
    found = verdict(known, new)
    assert (found.is_copy, found.reason, found.group.id) == (False, "new_text", "e2")


def test_a_copy_joins_its_group_with_host_and_outlet() -> None:
    later = NOW + timedelta(hours=2)
    first = judge_copy(ORIGINAL, []).group
    grown = judge_copy(entry(ORIGINAL.text, 2, at=later), [first]).group
    assert (first.hosts, first.outlets, first.wire) == (
        ("outlet1.example.org",),
        ("Outlet 1",),
        "mna",
    )
    assert grown.hosts == ("outlet1.example.org", "outlet2.example.org")
    assert grown.outlets == ("Outlet 1", "Outlet 2")
    # The group stays open as long as it is copied; its text stays the first one's.
    assert (grown.at, grown.shingles) == (later, first.shingles)


def test_an_outlet_that_carries_a_text_twice_stands_once() -> None:
    first = judge_copy(ORIGINAL, []).group
    again = judge_copy(entry(ORIGINAL.text, 1), [first])
    assert again.is_copy
    assert again.group.outlets == ("Outlet 1",)


HOSTS = [
    # no address, or none that can be read: the outlet stands for its host
    ("", "outlet1"),
    ("https://[broken", "outlet1"),
    ("https://News.Example.org:443/a", "news.example.org"),
]


@pytest.mark.parametrize(("url", "host"), HOSTS)
def test_the_host_is_read_from_the_address(url: str, host: str) -> None:
    assert judge_copy(entry(LEAD, url=url), []).group.hosts == (host,)


def test_the_oldest_group_that_fits_takes_the_copy() -> None:
    groups = [judge_copy(entry(ORIGINAL.text, n), []).group for n in (3, 4)]
    assert judge_copy(entry(ORIGINAL.text, 5), groups).group.id == "e3"


def test_groups_are_forgotten_after_the_window() -> None:
    old = judge_copy(entry(LEAD, 1, at=NOW - timedelta(hours=97)), []).group
    new = judge_copy(entry(LEAD, 2), []).group
    assert recent([old, new], NOW - timedelta(hours=96)) == (new,)
    assert recent([new], new.at) == (new,)


TEXTS = st.one_of(
    st.lists(st.sampled_from("a b c d e f".split()), max_size=90).map(" ".join),
    st.sampled_from([LEAD, LEAD + BODY, OTHER_LEAD + BACKGROUND, "(MNA) - " + LEAD + BACKGROUND]),
    st.text(max_size=60),
)


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
def test_whatever_came_before_each_text_stands_in_one_group(texts: list[str]) -> None:
    groups: dict[str, CopyGroup] = {}
    for number, text in enumerate(texts):
        new = entry(text, number, title="")
        found = judge_copy(new, tuple(groups.values()))
        assert found == judge_copy(new, tuple(groups.values()))
        assert found.is_copy == (found.group.id in groups)
        groups[found.group.id] = found.group
        assert sum(len(g.outlets) for g in groups.values()) == number + 1


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_a_text_of_five_words_or_more_copies_itself(text: str) -> None:
    known = judge_copy(entry(text, 1, title=""), []).group
    assert judge_copy(entry(text, 2, title=""), [known]).is_copy == bool(known.shingles)
