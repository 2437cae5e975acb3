"""What PostgreSQL and its driver complain of, as reasons with words for a person."""

from typing import Final

import psycopg2
from sqlalchemy.exc import DBAPIError

from app.core.errors import Reason
from app.models.engines import DeadlineMissed
from app.sync.wire import LinkLost, PushRejected

WRONG_PASSWORD: Final = "wrong_password"  # noqa: S105 - a state of the link
OFFLINE: Final = "offline"

# What the driver says while there is no connection carries no code. The first that fits decides.
_WORDS: Final = (
    (("password authentication failed", "no password supplied"), "sync.wrong_password"),
    (("is not permitted to log in",), "sync.login_closed"),
    (("pg_hba.conf",), "sync.not_admitted"),
    (("certificate", "SSL", "TLS", "root.crt"), "sync.tls_failed"),
    (("could not translate host name",), "sync.host_unknown"),
    (
        ("the database system is", "too many c", "remaining connection slots"),
        "sync.busy",
    ),
    (("does not exist",), "sync.no_database"),
    (("Connection refused",), "sync.nobody_listens"),
    (("server closed the connection", "Connection reset"), "sync.connection_lost"),
)
_SAID_LENGTH: Final = 200


class DeviceTaken(Exception):
    """The device of the commands belongs to another person."""


def translated(error: Exception) -> Exception:
    """The error in the words of the port: LinkLost, PushRejected or DeviceTaken."""
    found = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(found, DeadlineMissed):
        return LinkLost(Reason("sync.no_answer"))
    code = found.pgcode if isinstance(found, psycopg2.Error) else None
    if code is None:
        return _without_code(str(found))
    return _with_code(code, str(found))


def _with_code(code: str, words: str) -> Exception:
    if code == "GA001":
        return DeviceTaken()
    if code == "GA002":
        return PushRejected(Reason("sync.quota"), for_ever=False)
    if code[:2] in ("22", "23", "54"):
        return PushRejected(Reason("sync.not_storable", {"detail": _first(words)}), for_ever=True)
    if code == "42501":
        return LinkLost(Reason("sync.not_admitted"))
    if code[:2] in ("42", "0A", "3F"):
        return LinkLost(Reason("sync.server_differs", {"detail": _first(words)}), "outdated")
    return LinkLost(Reason("sync.server_trouble", {"detail": _first(words)}))


def _without_code(words: str) -> LinkLost:
    for marks, text_id in _WORDS:
        if any(mark in words for mark in marks):
            kind = WRONG_PASSWORD if text_id == "sync.wrong_password" else OFFLINE
            return LinkLost(Reason(text_id), kind)
    return LinkLost(Reason("sync.unreachable", {"detail": _first(words)}))


def _first(words: str) -> str:
    lines = words.strip().splitlines()
    return lines[0][:_SAID_LENGTH] if lines else "?"
