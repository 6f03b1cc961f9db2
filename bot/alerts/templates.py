"""The fixed words of posts. Everything else in a post is quoted from a claim."""

from __future__ import annotations

from bot.types import Status

STEP_WORDS = {
    "proposed": "ceasefire proposed",
    "accepted": "ceasefire accepted by one side",
    "announced": "ceasefire declared",
    "agreed": "ceasefire agreed",
    "effective": "ceasefire start reported",
    "extended": "ceasefire extended",
    "extended_one": "extension accepted by one side",
    "suspended": "ceasefire suspended",
    "ended": "ceasefire declared over",
    "end_set": "end of ceasefire announced",
    "expired": "stated term has passed",
    "offensive_announced": "offensive announced",
    "breach_alleged": "breach alleged",
    "breach_counted": "breaches counted",
    "talks_announced": "talks announced",
    "talks_ended": "talks held",
    "talks_broken_off": "talks broken off",
}

KIND_WORDS = {
    "ceasefire": "ceasefire",
    "violation": "breach alleged",
    "casualty": "casualties reported",
    "negotiation": "negotiation",
    "hostilities": "attack reported",
}

STATUS_WORDS = {
    Status.NONE: "none",
    Status.PROPOSED: "proposed",
    Status.ANNOUNCED: "announced by one side",
    Status.AGREED: "agreed",
    Status.DUE: "due",
    Status.IN_FORCE: "in force",
    Status.STRAINED: "strained",
    Status.SUSPENDED: "suspended",
    Status.LAPSED: "term passed",
    Status.EXTENDED: "extended",
    Status.ENDED: "ended",
}

REASON_WORDS = {
    "update": "update",
    "denial": "denied",
    "dispute": "other figure",
    "correction": "corrected by the outlet",
    "corroboration": "also reported",
    "status": "status",
}

STANCE_WORDS = {
    "denies": "denies",
    "accuses": "accuses",
    "calls_for": "calls for",
    "proposes": "proposes",
    "rejects": "rejects",
    "plans": "plans",
    "warns": "warns",
}

CLOCK_WORDS = {
    Status.DUE: "The stated hour has come; no start is reported yet.",
    Status.LAPSED: "The stated term has passed; no extension is known.",
}

WITHDRAWN = "withdrawn by the outlet"
STRUCK = "corrected or withdrawn by"
SPEAKER_UNKNOWN = "the report does not name the speaker"
