"""What comes in through file descriptors: secrets, and the end of the program that started us."""

import os
import sys
import threading

from app.core.errors import EnvironmentFault

_LONGEST_LINE = 8_192


def line_from(descriptor: int) -> str:
    """One line from a file descriptor, which is how secrets come in. EnvironmentFault in words."""
    try:
        with os.fdopen(os.dup(descriptor), encoding="utf-8") as source:
            return source.readline(_LONGEST_LINE).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault(
            "server.admin.no_descriptor", descriptor=descriptor, why=str(error)
        ) from error


def stop_when_input_closes(stop: threading.Event) -> None:
    """Sets `stop` when standard input ends, as it does when the program that started us dies."""
    descriptor = sys.stdin.fileno()

    def watch() -> None:
        # Not through sys.stdin: its lock, held at the interpreter's end, would abort the process.
        while not stop.is_set() and os.read(descriptor, 4096):
            pass
        stop.set()

    threading.Thread(target=watch, name="gantry-stdin", daemon=True).start()
