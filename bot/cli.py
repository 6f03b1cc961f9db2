"""The command line: `python -m bot COMMAND`. Exit 0 when done, 2 on unusable input.

Contracts 1-4 need no token and no network. Heavy parts are imported by the command that
needs them, so that `--help` and mistakes answer at once.
"""

from __future__ import annotations

import asyncio
import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Annotated

from cyclopts import App, CycloptsError, Parameter
from rich.console import Console

from bot.delivery.redaction import guard_tracebacks, redact
from bot.errors import BotError, ConfigError

app = App(
    name="bot",
    help="Truceline: watches coverage of ceasefires and posts short, attributed alerts.",
    version="0.1.0",
    help_format="plaintext",
    # `main` says that it stopped.
    suppress_keyboard_interrupt=False,
)

#: Standard output carries results only; everything for the operator goes here.
notices = Console(stderr=True, highlight=False)

#: How standard input is called in messages; "-" on the command line becomes this, because
#: cyclopts takes a lone hyphen for an option.
STDIN = "<stdin>"

ConfigPath = Annotated[Path, Parameter(name=["--config", "-c"])]


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    from models.errors import ModelError

    guard_tracebacks()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON is UTF-8 whatever the locale; a lone surrogate leaves as its JSON escape.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = [STDIN if a == "-" else a for a in (sys.argv[1:] if arguments is None else arguments)]
    try:
        result = app(words, exit_on_error=False, print_error=True, result_action="return_value")
        sys.stdout.flush()
    except KeyboardInterrupt:
        notices.print("stopped")
        return 130
    except BrokenPipeError:
        # The reader has what it wanted; at exit Python must not write to it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (BotError, ModelError) as error:
        # Unwrapped, so that a line of the message is a line for the reader's tools.
        notices.print(redact(str(error)), markup=False, style="red", soft_wrap=True)
        return 2
    except CycloptsError:
        # cyclopts has printed the fault and would leave with status 1; ours is 2 throughout.
        return 2
    return result if isinstance(result, int) else 0


@contextmanager
def _input(file: str | None) -> Iterator[tuple[IO[bytes], str]]:
    """Open a file, or standard input where none is named."""
    if file in (None, STDIN):
        yield sys.stdin.buffer, STDIN
        return
    try:
        stream = Path(str(file)).open("rb")  # noqa: SIM115 - closed by the with below
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    with stream:
        yield stream, str(file)


@app.command
def classify(file: str | None = None, /, *, config: ConfigPath = Path("config.yaml")) -> int:
    """Score sentences: {"id","text"} lines in, {"id","scores","labels"} lines out.

    Example: echo '{"id":1,"text":"A truce took effect at noon."}' | python -m bot classify

    Parameters
    ----------
    file
        Input file; standard input when left out or "-".
    config
        Configuration with the thresholds and labels of your own.
    """
    from bot.contracts import classify_lines

    with _input(file) as (stream, name):
        return classify_lines(stream, name, sys.stdout, config, notices)


@app.command
def extract(
    file: str | None = None,
    /,
    *,
    config: ConfigPath = Path("config.yaml"),
    all_sentences: bool = False,
    timezone: str | None = None,
    no_model: bool = False,
) -> int:
    """Turn entries into claims: one entry per line in, {"id","claims"} lines out.

    Example: python -m bot extract entries.jsonl --all-sentences --no-model

    Parameters
    ----------
    file
        Input file; standard input when left out or "-".
    config
        Configuration with conflicts, thresholds and labels.
    all_sentences
        Print a claim for every sentence, whatever its scores or conflict.
    timezone
        Zone of "local time" where no pack places the event, e.g. Asia/Baku.
    no_model
        Rules only; scores stay empty.
    """
    from bot.contracts import extract_lines

    with _input(file) as (stream, name):
        return extract_lines(
            stream,
            name,
            sys.stdout,
            config,
            notices,
            all_sentences=all_sentences,
            timezone=timezone,
            no_model=no_model,
        )


@app.command
def replay(
    file: str | None = None,
    /,
    *,
    conflict: tuple[Path, ...] = (),
    config: ConfigPath = Path("config.yaml"),
    decisions: bool = False,
) -> int:
    """Run recorded entries through the whole pipeline on a virtual clock; print every action.

    Example: python -m bot replay entries.jsonl --conflict conflicts/sudan.yaml --decisions

    Parameters
    ----------
    file
        Entries as for extract; standard input when left out or "-".
    conflict
        Packs to use instead of those of the configuration; may be repeated.
    config
        Configuration with thresholds and policy.
    decisions
        Also print a line per entry that caused no action, with its reason.
    """
    from bot.contracts import replay_lines

    with _input(file) as (stream, name):
        return asyncio.run(
            replay_lines(
                stream, name, sys.stdout, config, notices, packs=conflict, decisions=decisions
            )
        )


@app.command
def backtest(
    file: str | None = None,
    /,
    *,
    config: ConfigPath = Path("config.yaml"),
    changed: Annotated[Path | None, Parameter(name="--with")] = None,
    options: Annotated[
        tuple[str, ...], Parameter(name="--set", negative="", show_default=False)
    ] = (),
    since: str | None = None,
    conflict: Annotated[tuple[str, ...], Parameter(negative="", show_default=False)] = (),
    as_json: Annotated[bool, Parameter(name="--json", negative="", show_default=False)] = False,
) -> int:
    """Show which past alerts other thresholds or another policy would add, drop or change.

    Replays stored entries twice, as config.yaml is and as changed; posts nothing
    and stores nothing.

    Examples:

    python -m bot backtest --set policy.audible_killed=3

    python -m bot backtest --set labels.violation.threshold=0.6 --since 30d

    python -m bot backtest entries.jsonl --with changed.yaml --json

    Parameters
    ----------
    file
        Entries as for extract, "-" for standard input; the database when left out.
    config
        The present configuration.
    changed
        The configuration to try: a changed copy, or a file with the changed keys alone.
    options
        One change, KEY=VALUE: policy.KEY or labels.LABEL.threshold; may be repeated.
    since
        Span back from the newest entry (36h) or date (2026-03-01); default: 14d, a file whole.
    conflict
        Report on this conflict only, by the id of its pack; may be repeated.
    as_json
        A JSON line per difference, then one with the summary.
    """
    from bot.backtest.command import run_backtest

    with ExitStack() as opened:
        stream, name = (None, "") if file is None else opened.enter_context(_input(file))
        return run_backtest(
            stream,
            name,
            sys.stdout,
            config,
            notices,
            changed=changed,
            options=options,
            since=since,
            conflicts=conflict,
            as_json=as_json,
        )


@app.command
def check(*, config: ConfigPath = Path("config.yaml")) -> int:
    """Check config.yaml and its packs; name every fault with file and line.

    Example: python -m bot check --config config.yaml
    """
    from bot.check import check_settings

    return check_settings(config, notices)


@app.command
def run(*, config: ConfigPath = Path("config.yaml")) -> int:
    """Run the worker and the bot until stopped (Ctrl-C or SIGTERM).

    The token comes from TELEGRAM_BOT_TOKEN or telegram.token_file.
    """
    from bot.app import run_bot

    return asyncio.run(run_bot(config, notices))


@app.command
def once(*, config: ConfigPath = Path("config.yaml"), dry_run: bool = False) -> int:
    """Run one cycle over the feeds and end.

    Parameters
    ----------
    config
        The configuration.
    dry_run
        Print what would be posted instead of posting; needs no token and stores nothing.
    """
    from bot.app import run_once

    return asyncio.run(run_once(config, notices, dry_run=dry_run))


@app.command
def demo(
    *, exit: bool = False, port: int = 8088, speed: float = 1.0, database: str | None = None
) -> int:
    """Show the whole bot at work on invented sample coverage; no token, account or network.

    Opens a page with the channel at http://127.0.0.1:8088; Ctrl-C ends it.

    Parameters
    ----------
    exit
        Run headless, print what was posted and end.
    port
        Port of the page; 0 takes any free one.
    speed
        Larger is faster.
    database
        Keep the demo's database, e.g. sqlite:///demo.db; default: a temporary one.
    """
    from bot.demo.story import run_demo

    return asyncio.run(run_demo(notices, end=exit, port=port, speed=speed, database=database))


outbox = App(
    name="outbox",
    help="""See and settle posts that Telegram may or may not have taken.

Works on the database, so the bot may run meanwhile. Without a command: list.

Example: python -m bot outbox

Example: python -m bot outbox sent 412 57""",
    help_format="plaintext",
    version_flags=(),
)
app.command(outbox)


@outbox.default
@outbox.command(name="list")
def list_outbox(
    *,
    config: ConfigPath = Path("config.yaml"),
    as_json: Annotated[bool, Parameter(name="--json", negative="", show_default=False)] = False,
) -> int:
    """List the rows in doubt and those that were given up, with their reasons.

    Parameters
    ----------
    config
        The configuration that names the database.
    as_json
        A JSON line per row.
    """
    from bot.outbox_command import list_outbox

    return asyncio.run(list_outbox(config, sys.stdout, as_json=as_json))


@outbox.command
def sent(row: int, message_id: int, /, *, config: ConfigPath = Path("config.yaml")) -> int:
    """Say that a row in doubt stands in its chat.

    Example: python -m bot outbox sent 412 57

    Parameters
    ----------
    row
        Number of the row, as the list shows it.
    message_id
        Number of the message: 57 in the link https://t.me/c/1234567890/57.
    config
        The configuration that names the database.
    """
    from bot.outbox_command import settle_sent

    return asyncio.run(settle_sent(config, sys.stdout, row, message_id))


@outbox.command
def resend(row: int, /, *, config: ConfigPath = Path("config.yaml")) -> int:
    """Let a row in doubt, or one that was given up, leave again.

    Example: python -m bot outbox resend 412

    Parameters
    ----------
    row
        Number of the row, as the list shows it.
    config
        The configuration that names the database.
    """
    from bot.outbox_command import settle_again

    return asyncio.run(settle_again(config, sys.stdout, row))


@outbox.command
def drop(row: int, /, *, config: ConfigPath = Path("config.yaml")) -> int:
    """Give a row in doubt up, whether or not it stands in its chat.

    Example: python -m bot outbox drop 412

    Parameters
    ----------
    row
        Number of the row, as the list shows it.
    config
        The configuration that names the database.
    """
    from bot.outbox_command import settle_dropped

    return asyncio.run(settle_dropped(config, sys.stdout, row))


@app.command
def health(*, config: ConfigPath = Path("config.yaml")) -> int:
    """Exit 0 when the last cycle is recent, 1 when it is not; for container health checks."""
    from bot.app import report_health

    return asyncio.run(report_health(config, notices))
