"""When two entries are the same page: canonical address, GUID and content; any match joins.

Addresses lose tracking parameters, AMP and mobile forms; GUIDs count within their outlet only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit, urlunsplit

from courlan import clean_url

from bot.types import Entry

#: Redirectors that carry the real address in a parameter: host suffix -> parameter names.
REDIRECTORS = {
    "google.com": ("url", "q"),
    "facebook.com": ("u",),
    "t.umblr.com": ("z",),
    "vk.com": ("to",),
}

#: Google's copies of AMP pages carry the address in their path.
AMP_CACHE = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/amp|[\w-]+\.cdn\.ampproject\.org/[cv])/s/(.+)", re.I
)

#: Tracking parameters beyond those that courlan strips.
TRACKING = re.compile(
    r"^(utm_.*|at_.*|fbclid|gclid|yclid|igshid|mc_[ce]id|cmpid|ocid|ref|ref_src|xtor|smid|"
    r"partner|feed|outputType|amp|rss|source|src|ns_.*|taid|tpcc|CMP|share|_ga)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityKeys:
    """The three keys of an entry; an empty key joins nothing."""

    url: str
    guid: str
    content: str


def canonical_url(url: str) -> str:
    """Return the address without tracking, AMP, mobile host, fragment and trailing slash."""
    scheme, mark, rest = _target(url.strip()).partition("://")
    # courlan takes an address inside another, such as "?back=https://...", for the page itself.
    cleaned = clean_url(scheme + mark + rest.replace("://", "%3A%2F%2F")) or url.strip()
    parts = urlsplit(cleaned)
    host = (parts.hostname or "").removeprefix("www.")
    host = re.sub(r"^(m|mobile|amp)\.", "", host)
    path = re.sub(r"(/amp|\.amp)(?=/|$|\.html?$)", "", re.sub(r"^/amp(?=/)", "", parts.path))
    query = "&".join(
        sorted(p for p in parts.query.split("&") if p and not TRACKING.match(p.split("=")[0]))
    )
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    return urlunsplit(("https", host + port, path.rstrip("/"), query, ""))


def _target(url: str) -> str:
    parts = urlsplit(url)
    host = f".{parts.hostname or ''}"
    cached = AMP_CACHE.match(url)
    if cached:
        return f"https://{cached[1]}"
    for suffix, names in REDIRECTORS.items():
        if host.endswith(f".{suffix}"):
            query = parse_qs(parts.query)
            for name in names:
                if query.get(name, [""])[0].startswith("http"):
                    return query[name][0]
    return url


def content_hash(title: str, body: str) -> str:
    """Return a hash of title and body that survives case, spacing and typography."""
    words = unicodedata.normalize("NFKC", f"{title}\n{body}").casefold()
    return hashlib.sha256(" ".join(re.findall(r"\w+", words)).encode()).hexdigest()[:32]


def entry_id(url: str, guid: str, content: str) -> str:
    """Return a short stable id of a new entry."""
    return hashlib.sha256(f"{url}\n{guid}\n{content}".encode()).hexdigest()[:16]


def identity_keys(entry: Entry) -> IdentityKeys:
    """Return the keys of an entry; an address or GUID that says nothing gives an empty key."""
    guid = re.sub(r"^https?://", "", entry.guid.strip()).rstrip("/")
    url = ""
    try:
        if entry.url and urlsplit(entry.url).path.strip("/"):
            url = canonical_url(entry.url)
    except ValueError:
        # An address that cannot be read identifies nothing.
        url = ""
    # A title alone is no identity: two pages may carry the same short one.
    body = entry.text or entry.summary or ""
    content = content_hash(entry.title, body) if len(f"{entry.title}{body}") >= 60 else ""
    return IdentityKeys(
        url=url,
        guid=f"{entry.outlet}:{guid}" if guid else "",
        content=f"{entry.outlet}:{content}" if content else "",
    )
