"""Hostile and broken TOML is refused in words, and never by a crash."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.toml import LONGEST, NotToml, parse_toml


def test_tables() -> None:
    content = 'name = "龙门"\n[server]\nport = 5432\n'.encode()
    assert parse_toml(content) == {"name": "龙门", "server": {"port": 5432}}


@pytest.mark.parametrize(
    "content",
    [
        *(b"a =", b"\xff\xfe", b"a = 1\na = 2"),
        *(b"a = " + b"[" * 30_000, b"a = " + b"1" * 5_000, b"#" * (LONGEST + 1)),
    ],
)
def test_what_is_refused(content: bytes) -> None:
    with pytest.raises(NotToml) as refused:
        parse_toml(content)
    assert 0 < len(str(refused.value)) <= 200


def test_the_largest_file_is_taken() -> None:
    assert parse_toml(b"#" * LONGEST) == {}


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(NotToml):
        assert isinstance(parse_toml(content), dict)
