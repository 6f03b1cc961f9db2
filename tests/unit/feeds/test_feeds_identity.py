"""When two entries are the same page: addresses in many forms, GUIDs that move, equal words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.identity import canonical_url, content_hash, entry_id, identity_keys
from bot.types import Entry

PAGE = "https://www.news.example.org/2026/03/10/truce-talks"
CANONICAL = "https://news.example.org/2026/03/10/truce-talks"


BARE = Entry(
    id="a",
    fetched_at=datetime(2026, 3, 10, 12, tzinfo=UTC),
    published_at=None,
    outlet="wire",
    outlet_name="Wire",
    feed="",
    url="",
    guid="",
    title="",
)


def entry(**fields: str) -> Entry:
    return replace(BARE, **fields)


SAME_PAGE = [
    # as the outlet writes it
    PAGE,
    # without www, without TLS, in capitals
    PAGE.replace("www.", ""),
    PAGE.replace("https", "http"),
    PAGE.replace("https://www.news.example.org", "HTTPS://WWW.News.Example.ORG"),
    # a trailing slash, a fragment, an empty query, a default port
    f"{PAGE}/",
    f"{PAGE}#comments",
    f"{PAGE}?",
    PAGE.replace(".org", ".org:443"),
    # tracking
    f"{PAGE}?utm_source=rss&utm_medium=feed&utm_campaign=x",
    f"{PAGE}?fbclid=IwAR0x",
    f"{PAGE}?at_medium=RSS&at_campaign=KARANGA",
    f"{PAGE}?ocid=socialflow&ref=home",
    # AMP and mobile forms
    f"{PAGE}/amp/",
    f"{PAGE}.amp",
    f"{PAGE}?amp=1",
    PAGE.replace("/2026", "/amp/2026"),
    PAGE.replace("www.", "amp."),
    PAGE.replace("www.", "m."),
    PAGE.replace("www.", "mobile."),
    # copies and redirectors of large platforms
    "https://www.google.com/amp/s/www.news.example.org/2026/03/10/truce-talks",
    "https://news-example-org.cdn.ampproject.org/c/s/news.example.org/2026/03/10/truce-talks",
    "https://www.google.com/url?sa=U&q=https%3A%2F%2Fnews.example.org%2F2026%2F03%2F10%2Ftruce-talks",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example.org%2F2026%2F03%2F10%2Ftruce-talks"
    "%3Ffbclid%3Dx&h=AT0",
    # a login is no part of a page's name
    PAGE.replace("www.", "reader:secret@www."),
]


@pytest.mark.parametrize("url", SAME_PAGE)
def test_every_form_of_an_address_is_one_page(url: str) -> None:
    assert canonical_url(url) == CANONICAL
    assert identity_keys(entry(url=url)).url == CANONICAL


OTHER_PAGES = [
    # the same host
    PAGE.replace("talks", "talk"),
    f"{PAGE}-2",
    # parameters that choose the page
    f"{PAGE}?id=5",
    f"{PAGE}?id=6",
    f"{PAGE}?page=2",
    # another section of the host, and words that begin like AMP
    "https://sport.news.example.org/2026/03/10/truce-talks",
    PAGE.replace("/truce", "/amplify-truce"),
    # another port
    PAGE.replace(".org", ".org:8080"),
    # an address inside an address: the page is the outer one
    "https://other.example.com/story-1?back=https://www.news.example.org/2026/03/10/truce-talks",
    "https://other.example.com/story-2?back=https://www.news.example.org/2026/03/10/truce-talks",
    # a host that only ends like a redirector's
    "https://notgoogle.com/url?q=https%3A%2F%2Fnews.example.org%2F2026%2F03%2F10%2Ftruce-talks",
    "https://google.com.example.net/amp/s/news.example.org/2026/03/10/truce-talks",
]


def test_different_pages_stay_different() -> None:
    found = [canonical_url(url) for url in [PAGE, *OTHER_PAGES]]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("url", [*SAME_PAGE, *OTHER_PAGES])
def test_a_canonical_address_is_its_own_canonical_form(url: str) -> None:
    assert canonical_url(canonical_url(url)) == canonical_url(url)


SAYS_NOTHING = [
    # none
    "",
    # the front page
    "https://news.example.org",
    "https://www.news.example.org/",
    # addresses that cannot be read
    "http://[bad/story",
    "https://news.example.org:99999/story",
    "https://news.example.org:port/story",
]


@pytest.mark.parametrize("url", SAYS_NOTHING)
def test_an_address_that_names_no_page_joins_nothing(url: str) -> None:
    assert identity_keys(entry(url=url)).url == ""


SAME_GUID = [
    # as it was, moved to TLS, with a slash, with blank
    "http://news.example.org/?p=812",
    "https://news.example.org/?p=812",
    "https://news.example.org/?p=812/",
    "  http://news.example.org/?p=812\n",
]


@pytest.mark.parametrize("guid", SAME_GUID)
def test_a_guid_that_moves_to_tls_is_the_same_guid(guid: str) -> None:
    assert (
        identity_keys(entry(guid=guid)).guid == identity_keys(entry(guid=SAME_GUID[0])).guid != ""
    )


def test_a_guid_counts_within_its_outlet_only() -> None:
    here, there = entry(guid="812"), entry(guid="812", outlet="other")
    assert identity_keys(here).guid != identity_keys(there).guid


def test_a_missing_guid_joins_nothing() -> None:
    assert identity_keys(entry(guid=" ")).guid == ""


LEAD = "The guns fell silent in the valley at noon, and lorries crossed the bridge."
SAME_WORDS = [
    # the same
    ("Guns fall silent", LEAD),
    # other case, spacing, typography
    ("GUNS FALL SILENT", LEAD.upper()),
    (" Guns  fall\nsilent ", LEAD.replace(" ", "\u00a0")),
    ("“Guns fall silent”", LEAD.replace(",", " –")),
    # letters in their compatibility forms
    ("Ｇｕｎｓ ｆａｌｌ ｓｉｌｅｎｔ", LEAD),
]


@pytest.mark.parametrize(("title", "lead"), SAME_WORDS)
def test_the_same_words_are_the_same_content(title: str, lead: str) -> None:
    expected = identity_keys(entry(title="Guns fall silent", summary=LEAD)).content
    assert identity_keys(entry(title=title, summary=lead)).content == expected != ""


def test_one_other_word_is_other_content() -> None:
    assert content_hash("Nine hurt", LEAD) != content_hash("Ten hurt", LEAD)
    assert content_hash("Nine hurt", LEAD) != content_hash("Nine hurt", LEAD.replace("noon", "two"))


def test_content_counts_within_its_outlet_only() -> None:
    here, there = entry(title=LEAD), entry(title=LEAD, outlet="other")
    assert identity_keys(here).content != identity_keys(there).content


def test_a_short_title_alone_is_no_identity() -> None:
    assert identity_keys(entry(title="Live updates")).content == ""


def test_the_article_outweighs_the_summary() -> None:
    plain = entry(title="Guns fall silent", text=LEAD)
    other = entry(title="Guns fall silent", text=LEAD, summary="Something else.")
    assert identity_keys(plain).content == identity_keys(other).content


def test_an_id_depends_on_each_of_its_parts() -> None:
    ids = {entry_id(*parts) for parts in [("a", "b", "c"), ("x", "b", "c"), ("a", "x", "c")]}
    assert len(ids | {entry_id("a", "b", "x"), entry_id("a", "b", "c")}) == 4


ADDRESSES = st.text(alphabet="htps:/[]?#@.amp=&%20gole-x\u202eé\ud800", max_size=60)


@settings(max_examples=300)
@given(ADDRESSES, st.text(alphabet=st.characters(codec=None)), st.text(max_size=80))
def test_any_address_and_any_guid_give_keys(url: str, guid: str, title: str) -> None:
    keys = identity_keys(entry(url=url, guid=guid, title=title))
    assert keys.url == "" or keys.url.startswith("https://")
    assert keys.guid == "" or keys.guid.startswith("wire:")
    assert bool(keys.content) == (len(title) >= 60)


WORDS = st.text(alphabet="bcdef0123-", min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS, WORDS)
def test_tracking_and_fragment_never_change_a_page(path: list[str], mark: str, part: str) -> None:
    url = f"https://news.example.org/{'/'.join(path)}"
    assert canonical_url(f"{url}?utm_source={mark}&fbclid={mark}#{part}") == canonical_url(url)
