"""A few runs of the state machine; `python -m tests.torture --stateful 2000` makes many."""

from __future__ import annotations

import logging

import pytest
import structlog

from tests.torture.machine import run_machine


@pytest.mark.timeout(300)
def test_no_order_of_events_loses_or_doubles_a_message() -> None:
    kept = structlog.get_config()
    # A run logs what it breaks; thousands of lines of it tell nothing.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    logging.disable(logging.CRITICAL)
    try:
        run_machine(8, always_the_same=True)
    finally:
        logging.disable(logging.NOTSET)
        structlog.configure(**kept)
