from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.server.embedded.faults import fault_from
from app.texts import LANGUAGES, reason_text

_GIGABYTE = 1 << 30


def _fault(said: str, free: int = _GIGABYTE) -> EnvironmentFault:
    return fault_from(said, folder=Path("folder"), log=Path("start.log"), free=free)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            'FATAL:  could not write to file "pg_wal/xlogtemp.7": No space left on device',
            "disk_full",
        ),
        ('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', "port_taken"),
        ('FATAL:  data directory "x" has wrong ownership', "wrong_owner"),
        ("FATAL:  database files are incompatible with server", "incompatible"),
        (
            "Execution of PostgreSQL by a user with administrative permissions",
            "windows_administrator",
        ),
        ("FATAL:  could not map anonymous shared memory", "no_memory"),
        ("FATAL:  pre-existing shared memory block (key 1) is still in use", "still_running"),
    ],
)
def test_known_words_become_a_fault_with_words_for_people(said: str, expected: str) -> None:
    fault = _fault(said)
    assert fault.reason.text_id == f"server.embedded.{expected}"
    assert all(reason_text(language, fault.reason) for language in LANGUAGES)


def test_unknown_words_are_quoted_from_where_the_fault_begins() -> None:
    said = "2026-01-01 [7] LOG:  starting\n2026-01-01 [7] FATAL:  lock file is odd\nHINT:  none\n"
    assert _fault(said).reason.parameters["reason"] == "FATAL:  lock file is odd"


def test_silence_is_a_fault_too() -> None:
    assert _fault("").reason.parameters["reason"] == "?"


def test_any_failure_on_a_full_disk_is_the_disk() -> None:
    said = "PANIC:  cannot abort transaction 1, it was already committed"
    assert _fault(said, free=1000).reason.text_id == "server.embedded.disk_full"
    assert _fault(said).reason.text_id == "server.embedded.start_failed"
