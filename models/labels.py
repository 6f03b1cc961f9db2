"""The shipped labels. Their hypotheses are data: models/labels.yaml."""

from __future__ import annotations

CEASEFIRE = "ceasefire"
VIOLATION = "violation"
CASUALTY = "casualty"
NEGOTIATION = "negotiation"
HOSTILITIES = "hostilities"

SHIPPED_LABELS = (CEASEFIRE, VIOLATION, CASUALTY, NEGOTIATION, HOSTILITIES)
