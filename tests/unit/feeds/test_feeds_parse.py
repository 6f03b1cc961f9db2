"""Feed documents to entries: three formats, odd dates, lying GUIDs, markup and hostile bytes."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ParseError
from bot.feeds.identity import identity_keys
from bot.feeds.markup import plain_line, plain_text, storable
from bot.feeds.parse import MAX_SUMMARY, MAX_TITLE, ParsedFeed, parse_feed
from bot.types import Entry, Feed

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEED = Feed(url="https://news.example.org/feeds/rss.xml", outlet="wire", outlet_name="Valley Wire")

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Valley Wire</title><id>tag:news.example.org,2026:feed</id>
<updated>2026-03-10T09:00:00Z</updated>
<entry>
<id>tag:news.example.org,2026:41</id>
<title type="html">Guns &amp;amp; talks &lt;b&gt;pause&lt;/b&gt;</title>
<link rel="enclosure" href="https://news.example.org/41.mp3"/>
<link rel="alternate" href="/story/41"/>
<published>2026-03-10T11:30:00+03:00</published><updated>2026-03-10T10:45:00Z</updated>
<summary>The guns paused at noon.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>FIRST</p><p>Second one.</p>
<script>alert(1)</script></div></content>
</entry>
<entry>
<id>tag:news.example.org,2026:42</id><title>Bridge reopens</title>
<updated>2026-03-10T10:45:00Z</updated>
</entry>
</feed>""".replace(b"FIRST", b"The envoys met again. " * 25)

RDF = b"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example.org/"><title>Valley Wire</title>
<link>https://news.example.org/</link><description>News</description>
<dc:language>en-GB</dc:language></channel>
<item rdf:about="https://news.example.org/story/7"><title>Envoys meet in Strand</title>
<link>https://news.example.org/story/7</link><description>Two envoys met.</description>
<dc:date>2026-03-10T09:30:00+02:00</dc:date></item>
</rdf:RDF>"""


def rss(*items: str, head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Valley Wire'
        f"</title>{head}{''.join(items)}</channel></rss>"
    ).encode()


def item(**fields: str) -> str:
    return f"<item>{''.join(f'<{name}>{text}</{name}>' for name, text in fields.items())}</item>"


def parsed(body: bytes, content_type: str | None = None, feed: Feed = FEED) -> ParsedFeed:
    return parse_feed(body, content_type, feed, NOW, 500)


def only(body: bytes, content_type: str | None = None) -> Entry:
    (entry,) = parsed(body, content_type).entries
    return entry


def refused(body: bytes, content_type: str | None = None) -> str:
    with pytest.raises(ParseError) as fault:
        parsed(body, content_type)
    return fault.value.reason


def test_an_rss_item_becomes_an_entry() -> None:
    body = rss(
        item(
            title="Nine hurt as shells fall on Orvel",
            link="https://news.example.org/story/1",
            guid="story-1",
            pubDate="Tue, 10 Mar 2026 10:00:00 GMT",
            description="&lt;p&gt;Shells fell on the market.&lt;/p&gt;",
        ),
        head="<language>en-gb</language>",
    )
    assert only(body) == Entry(
        id=only(body).id,
        fetched_at=NOW,
        published_at=datetime(2026, 3, 10, 10, tzinfo=UTC),
        outlet="wire",
        outlet_name="Valley Wire",
        feed=FEED.url,
        url="https://news.example.org/story/1",
        guid="story-1",
        title="Nine hurt as shells fall on Orvel",
        summary="Shells fell on the market.",
        text=None,
        lang="en",
    )


def test_an_atom_entry_keeps_its_article_and_both_kinds_of_date() -> None:
    first, second = parsed(ATOM).entries
    assert first.title == "Guns & talks pause"
    assert first.url == "https://news.example.org/story/41"
    assert first.guid == "tag:news.example.org,2026:41"
    assert first.published_at == datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
    assert first.text is not None
    assert first.text.endswith("The envoys met again.\nSecond one.")
    assert (second.published_at, second.text) == (datetime(2026, 3, 10, 10, 45, tzinfo=UTC), None)


def test_an_rdf_item_becomes_an_entry() -> None:
    entry = only(RDF)
    assert entry.title == "Envoys meet in Strand"
    assert entry.url == "https://news.example.org/story/7"
    assert entry.published_at == datetime(2026, 3, 10, 7, 30, tzinfo=UTC)
    assert (entry.summary, entry.lang) == ("Two envoys met.", "en")


LATEST = "2026-03-10 12:05"
DATES: list[tuple[str, str | None]] = [
    # an honest one
    ("Tue, 10 Mar 2026 10:00:00 GMT", "2026-03-10 10:00"),
    # with a zone
    ("Tue, 10 Mar 2026 12:00:00 +0300", "2026-03-10 09:00"),
    # as Atom writes it, in an RSS feed
    ("2026-03-10T10:00:00Z", "2026-03-10 10:00"),
    # a clock that runs a little ahead is believed
    ("Tue, 10 Mar 2026 12:03:00 GMT", "2026-03-10 12:03"),
    # three days ahead never counts as newer than five minutes from now
    ("Fri, 13 Mar 2026 10:00:00 GMT", LATEST),
    # nor does the end of the calendar
    ("9999-12-31T23:59:59Z", LATEST),
    # seven years old, and kept so: the policy on age decides
    ("2019-03-10T10:00:00Z", "2019-03-10 10:00"),
    # no date at all
    ("", None),
    # the epoch is a default, not a date
    ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    # a year of five digits
    ("Tue, 10 Mar 99999 10:00:00 GMT", None),
    # zeros
    ("0000-00-00", None),
    # a number that is no time
    ("1e400", None),
    # days that no month has
    ("31 Feb 2026 10:00:00 GMT", None),
    # words
    ("yesterday, around noon", None),
    # a tail of fifty thousand characters
    ("Tue, 10 Mar 2026 10:00:00 GMT" + " x" * 25_000, "2026-03-10 10:00"),
]


@pytest.mark.parametrize(
    ("stated", "expected"), DATES, ids=[stated[:30] or "none" for stated, _ in DATES]
)
def test_a_stated_date_is_believed_within_reason(stated: str, expected: str | None) -> None:
    published = only(rss(item(title="Talks", pubDate=stated))).published_at
    assert (f"{published:%Y-%m-%d %H:%M}" if published else None) == expected


@pytest.mark.parametrize("zone", ["+9999", "-9999", "+99:99"])
def test_an_impossible_zone_is_survived_and_never_lies_in_the_future(zone: str) -> None:
    published = only(rss(item(title="Talks", pubDate=f"2026-03-10T10:00:00{zone}"))).published_at
    assert published is None or published <= datetime(2026, 3, 10, 12, 5, tzinfo=UTC)


def test_items_without_a_guid_stay_apart() -> None:
    body = rss(
        item(title="Talks begin", link="https://a.example.org/1"),
        item(title="Talks end", link="https://a.example.org/2"),
    )
    first, second = parsed(body).entries
    assert (first.guid, second.guid) == ("", "")
    assert first.id != second.id


@pytest.mark.parametrize(
    "guid",
    [
        # a word that feedparser would turn into an address
        "same-for-all",
        # an address that all of them claim
        "https://news.example.org/live",
    ],
)
def test_one_guid_on_all_items_joins_none_of_them(guid: str) -> None:
    body = rss(
        item(title="Shells fall on the market of Orvel, nine people hurt", guid=guid),
        item(title="Envoys of both countries meet for an hour in Strand", guid=guid),
    )
    first, second = parsed(body).entries
    assert first.id != second.id
    assert {first.guid, second.guid, first.url, second.url} == {""}
    one, other = identity_keys(first), identity_keys(second)
    assert not {one.url, one.guid, one.content} & {other.url, other.guid, other.content} - {""}


def test_one_guid_on_all_items_leaves_them_their_own_links() -> None:
    body = rss(
        item(title="Talks begin", guid="x", link="https://a.example.org/1"),
        item(title="Talks end", guid="x", link="https://a.example.org/2"),
    )
    assert [e.url[-1] for e in parsed(body).entries] == ["1", "2"]


def test_an_item_listed_twice_is_one_and_keeps_its_link() -> None:
    url = "https://a.example.org/1"
    once = item(title="Talks begin", link=url, guid=url)
    found = parsed(rss(once, once))
    assert [(e.url, e.guid) for e in found.entries] == [(url, url)]
    assert found.rejected == {"repeated": 1}


def test_a_link_that_two_versions_of_an_item_share_is_kept() -> None:
    url = "https://a.example.org/1"
    versions = [item(title=title, link=url, guid=url) for title in ("Talks begin", "Talks end")]
    assert {e.url for e in parsed(rss(*versions)).entries} == {url}


LINKS: list[tuple[dict[str, str], str]] = [
    # a GUID that is an address serves where there is no link
    ({"guid": "https://a.example.org/p/1"}, "https://a.example.org/p/1"),
    # a GUID that is none does not
    ({"guid": "story-1"}, ""),
    # relative to the feed
    ({"link": "/story/1"}, "https://news.example.org/story/1"),
    # blank around it
    ({"link": " https://a.example.org/1\n"}, "https://a.example.org/1"),
    # schemes that are no page
    ({"link": "javascript:alert(1)"}, ""),
    ({"link": "tg://resolve?domain=x"}, ""),
    ({"link": "data:text/html,hello"}, ""),
    ({"link": "file:///etc/hostname"}, ""),
    # an address that cannot be read
    ({"link": "http://[::1"}, ""),
    # none
    ({}, ""),
]


@pytest.mark.parametrize(("fields", "url"), LINKS)
def test_only_addresses_of_pages_are_kept(fields: dict[str, str], url: str) -> None:
    assert only(rss(item(title="Talks", **fields))).url == url


TITLES: list[tuple[str, str]] = [
    # markup, escaped once and in CDATA
    ("&lt;b&gt;Guns&lt;/b&gt; fall silent", "Guns fall silent"),
    ("<![CDATA[<b>Guns</b> fall silent]]>", "Guns fall silent"),
    # scripts and styles go with their content
    ("<![CDATA[<script>alert(1)</script>Guns]]>", "Guns"),
    ("<![CDATA[<style>p{}</style>Guns<iframe src=x>y</iframe>]]>", "Guns"),
    # handlers and links go, their words stay
    ("<![CDATA[<img src=x onerror=alert(1)>Guns]]>", "Guns"),
    ("&lt;a href=&quot;tg://x&quot;&gt;Guns&lt;/a&gt;", "Guns"),
    # comments are not shown
    ("<![CDATA[<!-- hidden -->Guns]]>", "Guns"),
    # a comparison is no tag
    ("<![CDATA[5 < 6 and 7 > 2]]>", "5 < 6 and 7 > 2"),
    # escaped twice is text
    ("Shells &amp;amp; mines", "Shells & mines"),
    # line breaks and tabs
    ("Guns\n\tfall   silent", "Guns fall silent"),
    # NUL, which no PostgreSQL takes
    ("Guns\x00 fall &#0;silent", "Guns fall silent"),
    # half a surrogate pair, which no UTF-8 stream takes
    ("Guns &#xD83D;&#xDE00;&#56832;silent", "Guns silent"),
    # beyond the last character
    ("Guns &#x110000;&#99999999999999999999;silent", "Guns silent"),
    # mentions and commands are words here; the renderer makes them inert
    ("@channel /start", "@channel /start"),
]


@pytest.mark.parametrize(("written", "shown"), TITLES)
def test_a_title_is_the_words_that_a_reader_sees(written: str, shown: str) -> None:
    assert only(rss(item(title=written))).title == shown


def test_paragraphs_of_an_article_stay_lines() -> None:
    fragment = "<p>One &amp; two</p><P>Three<br/>four</p><ul><li>five</li></ul>"
    assert plain_text(fragment) == "One & two\nThree\nfour\nfive"
    assert plain_line(fragment) == "One & two Three four five"


def test_unclosed_scripts_are_read_in_linear_time() -> None:
    began = time.process_time()
    assert plain_text("<script>" * 100_000 + "end") == "end"
    assert plain_text("<script>x</script>y" * 50_000).count("y") == 50_000
    assert time.process_time() - began < 5


@given(st.text(alphabet=st.characters(codec=None)))
def test_plain_words_can_always_be_stored(fragment: str) -> None:
    for shown in (plain_text(fragment), plain_line(escape(fragment)), storable(fragment)):
        assert b"\x00" not in shown.encode("utf-8")


ENCODINGS: list[tuple[bytes, str | None]] = [
    # UTF-8 that a server calls Latin
    (rss(item(title="Zürich: перемирие")), "text/xml; charset=utf-8"),
    # a byte order mark
    (b"\xef\xbb\xbf" + rss(item(title="Zürich: перемирие")), None),
    # white space before the declaration
    (b"\n  " + rss(item(title="Zürich: перемирие")), None),
    # UTF-16, with its own declaration
    (
        rss(item(title="Zürich: перемирие"))
        .decode()
        .replace('encoding="utf-8"', 'encoding="utf-16"')
        .encode("utf-16"),
        None,
    ),
]


@pytest.mark.parametrize(("body", "content_type"), ENCODINGS)
def test_letters_survive_the_encoding(body: bytes, content_type: str | None) -> None:
    assert only(body, content_type).title == "Zürich: перемирие"


BOMB = (
    '<?xml version="1.0" encoding="{}"?><!DOCTYPE r [<!ENTITY a "boom">]><rss version="2.0">'
    "<channel><item><title>x &a;&a;</title></item></channel></rss>"
)


def bomb(encoding: str) -> bytes:
    return BOMB.format(encoding).encode(encoding)


REFUSED: list[tuple[bytes, str | None, str]] = [
    # nothing, or nothing to see
    (b"", None, "empty_body"),
    (b" \n\t ", None, "empty_body"),
    # pages where a feed was
    (b"<html><body><h1>Not found</h1></body></html>", "text/html", "not_a_feed"),
    (b"This domain is for sale.", None, "not_a_feed"),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', None, "not_a_feed"),
    (bytes(range(256)), None, "not_a_feed"),
    # a document cut in its head
    (b'<?xml version="1.0"?><rss version="2.0"><channel', None, "broken_xml"),
    # declared entities, in every spelling that the parser would understand
    (bomb("utf-8"), None, "entity_declared"),
    (bomb("utf-8").replace(b"<!ENTITY", b"<!entity"), None, "entity_declared"),
    (bomb("utf-16"), None, "entity_declared"),
    (bomb("utf-16-le"), None, "entity_declared"),
    (bomb("utf-32"), None, "entity_declared"),
    (bomb("cp037"), None, "entity_declared"),
    (
        bomb("utf-8").replace(b"<!ENTITY", b"+ADw-!ENTITY"),
        "text/xml; charset=utf-7",
        "entity_declared",
    ),
    # a declaration that feedparser itself trips over
    (
        rss(item(title="x")).replace(b'"utf-8"', b'"\xff\xfe\xe3"'),
        None,
        "broken_xml",
    ),
]


@pytest.mark.parametrize(("body", "content_type", "reason"), REFUSED)
def test_a_document_that_is_no_feed_is_refused_with_a_reason(
    body: bytes, content_type: str | None, reason: str
) -> None:
    assert refused(body, content_type) == reason


def test_a_trusted_feed_may_declare_entities() -> None:
    trusted = Feed(url=FEED.url, outlet="wire", outlet_name="Wire", allow_entities=True)
    assert [e.title for e in parsed(bomb("utf-8"), feed=trusted).entries] == ["x boomboom"]


def test_a_body_that_is_the_name_of_a_file_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss(item(title="Known to nobody")))
    assert refused(str(secret).encode()) == "not_a_feed"


def test_what_is_left_out_is_counted_by_reason() -> None:
    body = rss(
        item(title="Talks begin", link="https://a.example.org/1"),
        item(link="https://a.example.org/2"),
        item(title=" ", description="&amp;nbsp;"),
        item(title="Talks begin", link="https://a.example.org/1?utm_source=rss"),
        item(title="Talks end", link="https://a.example.org/3"),
    )
    found = parse_feed(body, None, FEED, NOW, max_entries=4)
    assert [e.title for e in found.entries] == ["Talks begin"]
    assert found.rejected == {"no_words": 2, "repeated": 1, "over_limit": 1}


def test_a_feed_with_no_items_is_an_empty_feed() -> None:
    assert parsed(rss()) == ParsedFeed(entries=(), rejected={})


def test_fields_without_measure_are_cut() -> None:
    entry = only(rss(item(title="T" * 100_000, description="d" * 100_000, guid="g" * 100_000)))
    assert (len(entry.title), len(entry.summary or "")) == (MAX_TITLE, MAX_SUMMARY)
    assert len(entry.guid) == 500


def test_an_aggregator_names_the_real_publisher() -> None:
    google = Feed(
        url="https://news.google.com/rss/search?q=truce", outlet="google", outlet_name="Google"
    )
    body = rss(
        "<item><title>Guns fall silent - Kaldor Times</title>"
        '<source url="https://kaldor.example.org">Kaldor Times</source></item>',
        "<item><title>Guns fall silent - somewhere</title></item>",
    )
    first, second = parsed(body, feed=google).entries
    assert (first.outlet, first.outlet_name) == ("kaldor-times", "Kaldor Times")
    assert first.title == "Guns fall silent"
    assert (second.outlet, second.title) == ("google", "Guns fall silent - somewhere")


SHARDS = [
    *(bytes([c]) for c in b"<>&;\x00\xff"),
    *(
        b"&#xD800; <![CDATA[ ]]> <!-- --> <!DOCTYPE ]> <guid> </item> <link href='http://['/>"
    ).split(),
    b"<dc:date>",
    b"<georss:point>1</georss:point>",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"type='xhtml'",
]


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from([ATOM, RDF, rss(item(title="Talks", link="/1", guid="g"))]),
    st.lists(st.tuples(st.integers(0, 2000), st.sampled_from(SHARDS)), max_size=6),
    st.sampled_from([None, "text/xml", "text/xml; charset=utf-7", "text/html; charset=bogus"]),
)
def test_a_damaged_document_is_read_or_refused_but_never_a_crash(
    body: bytes, damage: list[tuple[int, bytes]], content_type: str | None
) -> None:
    for at, shard in damage:
        body = body[: at % len(body)] + shard + body[at % len(body) :]
    try:
        reason, entries = None, parsed(body, content_type).entries
    except ParseError as fault:
        reason, entries = fault.reason, ()
    assert reason in {None, "entity_declared", "not_a_feed", "broken_xml"}
    for entry in entries:
        assert entry.id
        assert (entry.title + (entry.summary or "") + (entry.text or "") + entry.guid).encode()
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_by_name(body: bytes) -> None:
    assert refused(body) in {"empty_body", "not_a_feed", "broken_xml", "entity_declared"}
