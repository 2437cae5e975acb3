"""Limits that fit each other, and that the database keeps."""

from sqlalchemy import CheckConstraint

from app.models.limits import CHUNK_LIMIT, PAYLOAD_LIMIT
from app.models.protocol import command_inbox, payload_chunk


def test_limits_fit_each_other() -> None:
    assert PAYLOAD_LIMIT <= CHUNK_LIMIT


def test_the_database_keeps_them() -> None:
    checks = {
        str(one.sqltext)
        for table in (command_inbox, payload_chunk)
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }
    assert f"octet_length(payload) <= {PAYLOAD_LIMIT}" in checks
    assert f"octet_length(body) <= {CHUNK_LIMIT}" in checks
