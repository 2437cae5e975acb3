"""What the driver says, in words for a person; every word is there."""

import psycopg2
import pytest

from app.models.engines import DeadlineMissed
from app.sync.link_faults import DeviceTaken, translated
from app.sync.wire import LinkLost, PushRejected


@pytest.mark.parametrize(
    ("said", "text_id", "kind"),
    [
        (
            'FATAL:  password authentication failed for user "x"',
            "sync.wrong_password",
            "wrong_password",
        ),
        ("server does not support SSL, but SSL was required", "sync.tls_failed", "offline"),
        ('server certificate for "a" does not match host name "b"', "sync.tls_failed", "offline"),
        ('could not translate host name "x" to address', "sync.host_unknown", "offline"),
        ("FATAL:  the database system is starting up", "sync.busy", "offline"),
        ('FATAL:  too many connections for role "x"', "sync.busy", "offline"),
        ('FATAL:  database "x" does not exist', "sync.no_database", "offline"),
        ("Connection refused", "sync.nobody_listens", "offline"),
        ("", "sync.unreachable", "offline"),
    ],
)
def test_without_a_connection(said: str, text_id: str, kind: str) -> None:
    found = translated(psycopg2.OperationalError(said))
    assert isinstance(found, LinkLost)
    assert (found.reason.text_id, found.kind) == (text_id, kind)


def test_a_missed_deadline() -> None:
    found = translated(DeadlineMissed())
    assert isinstance(found, LinkLost)
    assert found.reason.text_id == "sync.no_answer"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("GA001", DeviceTaken),
        ("GA002", PushRejected),
        ("22P02", PushRejected),
        ("23514", PushRejected),
        ("42501", LinkLost),
        ("42P01", LinkLost),
        ("57P01", LinkLost),
    ],
)
def test_codes(code: str, kind: type[Exception]) -> None:
    class Coded(psycopg2.Error):
        pgcode = code

    assert isinstance(translated(Coded("said")), kind)
