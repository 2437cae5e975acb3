"""A join file is taken whole and sound, or not at all."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import EnvironmentFault, InputRejected
from app.server.invitation import (
    LONGEST_FILE,
    Invitation,
    authority_pem,
    fingerprint,
    parse_invitation,
    read_invitation,
    write_invitation,
)
from tests.server.authorities import certificate

LOCAL = Invitation(
    login="li.ming", hosts=["127.0.0.1"], port=5432, database="gantry", certificate_authority=""
)


def resealed(**changes: Any) -> bytes:
    """A join file whose fingerprint fits, whatever is in it."""
    changed = msgspec.structs.replace(LOCAL, **changes)
    return msgspec.json.encode(msgspec.structs.replace(changed, fingerprint=fingerprint(changed)))


def findings(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InputRejected) as caught:
        parse_invitation(content)
    return [(one.where, one.reason.text_id) for one in caught.value.findings]


def test_there_and_back(tmp_path: Path) -> None:
    pem = certificate()
    wide = msgspec.structs.replace(
        LOCAL,
        hosts=["db1.example.com", "10.0.0.7", "::1"],
        certificate_authority=pem,
        company="中建某局",
    )
    (tmp_path / "join.json").write_text(write_invitation(wide), encoding="utf-8")
    found = read_invitation(tmp_path / "join.json")
    assert msgspec.structs.replace(found, fingerprint="") == wide
    assert found.fingerprint == fingerprint(wide)
    assert authority_pem(found).decode() == pem


def test_all_faults_are_told_at_once() -> None:
    content = resealed(login="Röot; drop", hosts=["", "a b"], port=0, database="../x")
    assert findings(content) == [
        ("login", "server.join.bad_value"),
        ("hosts", "server.join.bad_value"),
        ("hosts", "server.join.bad_value"),
        ("port", "server.join.bad_value"),
        ("database", "server.join.bad_value"),
        ("certificate_authority", "server.join.no_certificate"),
    ]


@pytest.mark.parametrize(
    "host", ["-x", "a..b", "a/b", "host=evil", "a,b", "x" * 300, "bücher.de", "::1%,evil.example"]
)
def test_hosts_that_are_none(host: str) -> None:
    assert ("hosts", "server.join.bad_value") in findings(resealed(hosts=[host]))


@pytest.mark.parametrize(
    ("pem", "text_id"),
    [
        ("", "server.join.no_certificate"),
        (
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            "server.join.bad_certificate",
        ),
        ("嘿", "server.join.bad_certificate"),
        (certificate(authority=False), "server.join.not_an_authority"),
        (certificate(until=datetime(2026, 1, 1, tzinfo=UTC)), "server.join.certificate_expired"),
    ],
)
def test_off_this_computer_an_authority_is_needed(pem: str, text_id: str) -> None:
    content = resealed(hosts=["db.example.com"], certificate_authority=pem)
    assert findings(content) == [("certificate_authority", text_id)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"login": 7}',
        resealed()[:-1] + b', "password": "x"}',
    ],
)
def test_what_is_no_join_file(content: bytes) -> None:
    assert findings(content) == [("", "server.join.unreadable")]


def test_another_version_is_told_as_such() -> None:
    assert findings(resealed(version=2)) == [("format", "server.join.other_format")]


@given(st.integers(0, 200), st.binary(min_size=1, max_size=1))
def test_a_changed_byte_does_not_pass(place: int, byte: bytes) -> None:
    whole = write_invitation(LOCAL).encode()
    changed = whole[:place] + byte + whole[place + 1 :]
    try:
        found = parse_invitation(changed)
    except InputRejected:
        return
    assert found == parse_invitation(whole)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "join.json"
    path.write_bytes(json.dumps({"login": "x" * LONGEST_FILE}).encode())
    with pytest.raises(InputRejected) as caught:
        read_invitation(path)
    assert caught.value.findings[0].reason.text_id == "server.join.too_large"
    with pytest.raises(EnvironmentFault):
        read_invitation(tmp_path / "nothing")
