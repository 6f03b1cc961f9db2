"""Logging: one event name with fields, to standard error, without secrets.

Console lines for people, JSON where standard error is no terminal (containers).
"""

from __future__ import annotations

import logging
import sys

import structlog

from bot.config import LogSection
from bot.delivery.redaction import RedactionFilter, quiet_http_clients, redact_event


def configure_logs(section: LogSection) -> None:
    """Send structlog and standard logging through one redacting chain to standard error."""
    as_json = section.format == "json" or (section.format == "auto" and not sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact_event,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[section.level.upper()]
        ),
        cache_logger_on_first_use=True,
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
            ],
        )
    )
    stream.addFilter(RedactionFilter())
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(section.level.upper())
    quiet_http_clients()
    # Its events are logged by bot.schedule, with names.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
