"""Where the program's log goes: the terminal, and with a window also a file beside its data."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

LOG_FILE: Final = "gantry.log"
_LARGEST: Final = 1024 * 1024
_KEPT: Final = 3
_FORM: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


def log_to_terminal(level: str) -> None:
    """Logs to standard error from `level` on: debug, info, warning or error."""
    logging.basicConfig(format="%(asctime)s %(name)s %(message)s")
    logging.getLogger().setLevel(level.upper())


@contextmanager
def log_kept_in(folder: Path) -> Iterator[None]:
    """Keeps the log in a profile's folder too: at most four files of 1 MiB.

    One process owns a profile, so nobody else writes there. A full disk costs the log and nothing
    else: the logging module says so on standard error and goes on.
    """
    kept = RotatingFileHandler(
        folder / LOG_FILE, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    kept.setFormatter(logging.Formatter(_FORM))
    root = logging.getLogger()
    root.addHandler(kept)
    try:
        yield
    finally:
        root.removeHandler(kept)
        kept.close()
