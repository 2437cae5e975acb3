"""Identifiers of version 7: in order of time, and of their version and variant."""

from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.ids import COMPANY_SCOPE, derived_id, uuid7

MOMENTS = st.integers(0, 2**48 - 1)
RANDOMNESS = st.binary(min_size=10, max_size=10)


@given(MOMENTS, RANDOMNESS)
def test_version_variant_and_time(moment: int, randomness: bytes) -> None:
    made = uuid7(moment, randomness)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == moment


@given(MOMENTS, MOMENTS, RANDOMNESS, RANDOMNESS)
def test_later_ids_sort_later(first: int, second: int, some: bytes, other: bytes) -> None:
    if first < second:
        assert uuid7(first, some) < uuid7(second, other)


def test_the_example_of_the_rfc() -> None:
    # RFC 9562, appendix A.6.
    made = uuid7(0x017F22E279B0, bytes.fromhex("0cc318c4dc0c0c07398f"))
    assert made == UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")


@pytest.mark.parametrize("randomness", [b"", b"123456789", b"12345678901"])
def test_ten_random_bytes_make_an_id(randomness: bytes) -> None:
    with pytest.raises(ValueError, match="ten"):
        uuid7(0, randomness)


def test_the_companys_scope_is_an_id_like_others() -> None:
    assert (COMPANY_SCOPE.version, COMPANY_SCOPE.variant) == (7, RFC_4122)


def test_a_derived_id_is_the_same_everywhere_and_its_own_for_each_part() -> None:
    source = uuid7(1_772_400_000_000, bytes(10))
    found = derived_id(source, "line/1")
    assert found == derived_id(source, "line/1")
    assert (found.version, found.int >> 80) == (7, source.int >> 80)
    assert len({found, source, derived_id(source, "line/2"), derived_id(found, "line/1")}) == 4
