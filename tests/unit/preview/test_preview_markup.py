"""The reader of Telegram's HTML: what it accepts, and the server's own words when it refuses.

The refusals follow parse_html of tdlib; offsets in them count bytes of UTF-8.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.markup import TAGS, MarkupError, parse_html, utf16_length

REFUSED = [
    # nesting
    ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<i>a</em   >", 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    # unclosed
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>x<i>y</i>", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("x <b", "Unclosed start tag at byte offset 2"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<b>x</b z>", "Unclosed end tag at byte offset 4"),
    # bytes, not characters: two doves and a space are nine bytes
    ("🏟 🏟<br>", 'Unsupported start tag "br" at byte offset 9'),
    ("Ö</b>", "Unexpected end tag at byte offset 2"),
    # unsupported tags
    ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("<SCRIPT>x", 'Unsupported start tag "script" at byte offset 0'),
    ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
    # attributes
    ("<a ", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a /x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href=x.y/z>w</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<span class="big">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('<tg-emoji emoji-id="0">x</tg-emoji>', "Invalid custom emoji identifier specified"),
    (
        "&#xd83d;",
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units",
    ),
]


@pytest.mark.parametrize(("html", "text"), REFUSED)
def test_a_refusal_speaks_with_the_words_of_the_server(html: str, text: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse_html(html)
    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        # anything else named stays as it is, also a longer run of letters
        ("&nbsp;&laquo;&ltx;", "&nbsp;&laquo;&ltx;"),
        # the semicolon may be missing
        ("a &lt b", "a < b"),
        ("&#65;&#x42;", "AB"),
        # too many digits, nothing, beyond Unicode
        ("&#00000065;&#12345678;&#;&#x110000;", "&#00000065;&#12345678;&#;&#x110000;"),
        ("R&D", "R&D"),
        # outer whitespace goes
        ("  <b> x </b>\n", "x"),
        # a bare end tag closes the last one
        ("<b>x</>", "x"),
        # attributes without a value are passed over
        ("<b hidden>x</b>", "x"),
    ],
)
def test_what_the_server_accepts_reads_as_the_server_reads_it(html: str, text: str) -> None:
    assert parse_html(html).text == text


@pytest.mark.parametrize(
    ("html", "entities"),
    [
        ("<b>x</b>", [("bold", 0, 1)]),
        # lengths count UTF-16 units: the dove with its selector is three
        ("a🕊️<i>b🕊️</i>", [("italic", 4, 4)]),
        ("<b><i>x</i>y</b>", [("bold", 0, 2), ("italic", 0, 1)]),
        # nothing marked, nothing kept
        ("x<b></b>", []),
        # marks around code are cut, links in code are dropped
        ("<b>a<code>c</code>d</b>", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ('<code><a href="https://x.org">c</a></code>', [("code", 0, 1)]),
        # a quote within a quote is one quote
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", [("blockquote", 0, 2)]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', [("spoiler", 0, 1)]),
        # a link that leads nowhere keeps its words only
        ('<a href="javascript:x">a</a>', []),
        ("<a>example.org</a>", [("text_link", 0, 11)]),
    ],
)
def test_marks_become_entities(html: str, entities: list[tuple[str, int, int]]) -> None:
    assert [(e.type, e.offset, e.length) for e in parse_html(html).entities] == entities


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<pre><code class="language-python">x</code></pre>', "python"),
        ("<pre>x</pre>", None),
        # two stretches of different length are two marks
        ('<pre>y<code class="language-python">x</code></pre>', None),
    ],
)
def test_a_code_block_may_name_its_language(html: str, language: str | None) -> None:
    first = parse_html(html).entities[0]
    assert (first.type, first.language) == ("pre", language)


def test_addresses_keep_their_case_in_quotes_and_decode_references() -> None:
    (entity,) = parse_html("<a href='https://Example.org/A?x=1&amp;y=2'>A</a>").entities
    assert entity.url == "https://Example.org/A?x=1&y=2"


SIGNS = ["&lt;", "&#x1F54A;", "🕊️", "x", " ", "\n", "<", ">", "&", "</", "'", '"']
TAGGED = [f"<{slash}{tag}>" for tag in TAGS for slash in ("", "/")]
PIECES = st.sampled_from([*TAGGED, *SIGNS, '<a href="https://x.org">'])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_comes_is_read_or_refused_and_marks_stay_inside(html: str) -> None:
    try:
        shown = parse_html(html)
    except MarkupError:
        return
    end = utf16_length(shown.text)
    assert all(0 <= e.offset < e.end <= end for e in shown.entities)
    assert shown.text == shown.text.strip()
    code = [e for e in shown.entities if e.type in ("code", "pre")]
    others = [e for e in shown.entities if e.type in ("bold", "text_link", "italic")]
    assert not [(c, o) for c in code for o in others if c.overlaps(o)]
