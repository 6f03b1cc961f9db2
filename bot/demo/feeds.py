"""Serves the sample coverage over HTTP on loopback: feeds (RSS, Atom, RDF) and article pages.

What a feed holds depends on the demo's clock, so the story unfolds poll by poll.
"""

from __future__ import annotations

import hashlib
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as ET

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.demo.coverage import Coverage, ListedEntry, SampleOutlet, listed

ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS1 = "http://purl.org/rss/1.0/"
DC = "http://purl.org/dc/elements/1.1/"
for prefix, space in (("atom", ATOM), ("rdf", RDF), ("dc", DC)):
    ET.register_namespace(prefix, space)


def feed_app(coverage: Coverage, clock: Clock) -> Starlette:
    """Return the web application that offers the coverage as of `clock`."""

    async def feed(request: Request) -> Response:
        outlet = request.path_params["outlet"]
        if outlet not in coverage.outlets:
            return PlainTextResponse("no such outlet", status_code=404)
        base = f"{request.url.scheme}://{request.url.netloc}"
        entries = listed(coverage, outlet, clock.now())
        body = render_feed(coverage.outlets[outlet], outlet, entries, base)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return Response(body, media_type="application/xml", headers={"ETag": etag})

    async def page(request: Request) -> Response:
        outlet, name = request.path_params["outlet"], request.path_params["name"]
        for entry in listed(coverage, outlet, clock.now()):
            if entry.path.split("?")[0] == f"/{outlet}/{name}.html":
                return HTMLResponse(render_page(coverage.outlets[outlet].name, entry))
        return PlainTextResponse("no such page", status_code=404)

    return Starlette(
        routes=[
            Route("/{outlet}/feed.xml", feed),
            Route("/{outlet}/{name}.html", page),
        ]
    )


def render_feed(
    outlet: SampleOutlet, outlet_id: str, entries: tuple[ListedEntry, ...], base: str
) -> bytes:
    """Return an outlet's feed in its format; Atom carries the full text, the others do not."""
    build = {"rss": _rss, "atom": _atom, "rdf": _rdf}[outlet.format]
    root = build(outlet.name, f"{base}/{outlet_id}", entries, base)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def render_page(outlet: str, entry: ListedEntry) -> str:
    """Return an article page with the usual boilerplate around the text."""
    paragraphs = "\n".join(f"<p>{escape(p)}</p>" for p in entry.text)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{escape(entry.title)} | {escape(outlet)}</title></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<main><article><h1>{escape(entry.title)}</h1>
<time datetime="{entry.published.isoformat()}">{entry.published:%d %B %Y}</time>
{paragraphs}
</article></main>
<aside><h2>Most read</h2><ul><li><a href="/a">Ten soups for spring</a></li></ul></aside>
<footer>Sample coverage of invented countries. {escape(outlet)}</footer></body></html>"""


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child


def _rss(name: str, home: str, entries: tuple[ListedEntry, ...], base: str) -> ET.Element:
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", name)
    _text(channel, "link", home)
    _text(channel, "description", f"{name}: sample coverage")
    _text(channel, "language", "en")
    for entry in entries:
        node = ET.SubElement(channel, "item")
        _text(node, "title", entry.title)
        _text(node, "link", base + entry.path)
        _text(node, "guid", entry.guid, isPermaLink="false")
        _text(node, "pubDate", format_datetime(entry.published))
        _text(node, "description", entry.summary)
    return root


def _atom(name: str, home: str, entries: tuple[ListedEntry, ...], base: str) -> ET.Element:
    root = ET.Element(f"{{{ATOM}}}feed")
    _text(root, f"{{{ATOM}}}title", name)
    _text(root, f"{{{ATOM}}}id", home)
    for entry in entries:
        node = ET.SubElement(root, f"{{{ATOM}}}entry")
        _text(node, f"{{{ATOM}}}title", entry.title)
        _text(node, f"{{{ATOM}}}id", entry.guid)
        _text(node, f"{{{ATOM}}}link", "", href=base + entry.path)
        _text(node, f"{{{ATOM}}}published", entry.published.isoformat())
        _text(node, f"{{{ATOM}}}summary", entry.summary)
        html = "".join(f"<p>{escape(p)}</p>" for p in entry.text)
        _text(node, f"{{{ATOM}}}content", html, type="html")
    return root


def _rdf(name: str, home: str, entries: tuple[ListedEntry, ...], base: str) -> ET.Element:
    root = ET.Element(f"{{{RDF}}}RDF")
    channel = ET.SubElement(root, f"{{{RSS1}}}channel", {f"{{{RDF}}}about": home})
    _text(channel, f"{{{RSS1}}}title", name)
    _text(channel, f"{{{RSS1}}}link", home)
    _text(channel, f"{{{RSS1}}}description", f"{name}: sample coverage")
    for entry in entries:
        link = base + entry.path
        node = ET.SubElement(root, f"{{{RSS1}}}item", {f"{{{RDF}}}about": link})
        _text(node, f"{{{RSS1}}}title", entry.title)
        _text(node, f"{{{RSS1}}}link", link)
        _text(node, f"{{{RSS1}}}description", entry.summary)
        _text(node, f"{{{DC}}}date", entry.published.isoformat())
    return root
