"""`gantry server`: the database of a company and the worker that applies what desks ask for."""

import argparse
import logging
import os
import sys
import threading
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from app.cli.words import say_json, spoken, words
from app.server.descriptors import line_from, stop_when_input_closes
from app.server.journal import Journal
from app.server.sample.seed import seed_sample
from app.server.serving import (
    Source,
    embedded_source,
    ending_signals,
    external_source,
    serve,
)

DSN_VARIABLE = "GANTRY_SERVER_DSN"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `server --data DIR | --dsn-fd N` with its options."""
    parser = subparsers.add_parser("server", help=words("cli.server.help"))
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, metavar="DIR", help=words("cli.server.data"))
    where.add_argument("--dsn-fd", type=int, metavar="N", help=words("cli.server.dsn_fd"))
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="HOST", help=words("cli.server.listen")
    )
    parser.add_argument("--backups", type=Path, metavar="DIR", help=words("cli.server.backups"))
    parser.add_argument("--no-backups", action="store_true", help=words("cli.server.no_backups"))
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help=words("cli.server.until_stdin_closes")
    )
    parser.add_argument("--sample", action="store_true", help=words("cli.server.sample"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    parser.set_defaults(run=run, wrong_usage=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Serves until it is asked to stop; 1 when the worker failed."""
    logging.getLogger("gantry.server").setLevel(logging.INFO)
    journal = Journal(spoken())
    stop = threading.Event()
    sample_password = line_from(sys.stdin.fileno()) if arguments.sample else None
    with ending_signals(stop):
        if arguments.until_stdin_closes:
            stop_when_input_closes(stop)
        with _source(arguments, journal) as source:
            if sample_password is not None and source.superuser_dsn is not None:
                seed_sample(source.superuser_dsn, sample_password, datetime.now(UTC).date())
            _tell_ready(arguments, source, journal)
            sound = serve(source, journal, stop, backups=_backups(arguments))
        journal.tell("server.worker.stopped")
    return 0 if sound else 1


def _source(arguments: argparse.Namespace, journal: Journal) -> AbstractContextManager[Source]:
    if arguments.data is not None:
        return embedded_source(arguments.data, journal, listen=arguments.listen)
    if arguments.dsn_fd is not None:
        return nullcontext(external_source(line_from(arguments.dsn_fd)))
    dsn = os.environ.get(DSN_VARIABLE)
    if not dsn:
        arguments.wrong_usage(words("cli.server.no_database", variable=DSN_VARIABLE))
    return nullcontext(external_source(dsn or ""))


def _backups(arguments: argparse.Namespace) -> Path | None:
    if arguments.no_backups:
        return None
    if arguments.backups is None and arguments.data is not None:
        return Path(arguments.data) / "backups"
    chosen: Path | None = arguments.backups
    return chosen


def _tell_ready(arguments: argparse.Namespace, source: Source, journal: Journal) -> None:
    if arguments.json:
        say_json(
            {
                "ready": True,
                "host": source.host,
                "port": source.port,
                "database": source.database,
                "process": os.getpid(),
            }
        )
    journal.tell(
        "server.worker.ready", host=source.host, port=source.port, database=source.database
    )
    if _backups(arguments) is not None and source.superuser_dsn is None:
        journal.warn("server.worker.no_backup")
