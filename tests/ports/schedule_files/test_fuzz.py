"""Whatever stands in a file, the readers either take it whole or refuse it with findings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import InputRejected
from app.core.schedule.cpm import compute
from app.ports.schedule_files.reader import read_schedule
from tests.ports.schedule_files.samples import mspdi_text, xer_text

XER, MSPDI = xer_text().encode(), mspdi_text().encode()
FILES = st.sampled_from([XER, MSPDI])
SAME_FOLDER = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150
)


def refusal_of(action: Callable[[], object]) -> InputRejected | None:
    try:
        action()
    except InputRejected as refusal:
        return refusal
    return None


def taken(folder: Path, content: bytes) -> bool:
    path = folder / "fuzz"
    path.write_bytes(content)
    refusal = refusal_of(lambda: read_schedule(path))
    if refusal is not None:
        assert refusal.findings
        return False
    network = read_schedule(path).network
    refusal = refusal_of(lambda: compute(network))
    if refusal is not None:
        ids = {finding.reason.text_id for finding in refusal.findings}
        assert ids == {"schedule_files.beyond_horizon"}
    return True


@pytest.mark.parametrize("whole", [XER, MSPDI])
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, whole: bytes) -> None:
    complete = len(whole.rstrip())
    taken_cuts = [cut for cut in range(complete) if taken(tmp_path, whole[:cut])]
    assert taken_cuts == []
    assert taken(tmp_path, whole)


@SAME_FOLDER
@given(st.binary(max_size=300), FILES)
def test_random_bytes(tmp_path: Path, junk: bytes, whole: bytes) -> None:
    taken(tmp_path, junk)
    taken(tmp_path, whole[:60] + junk)


@SAME_FOLDER
@given(FILES, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6))
def test_single_bytes_changed(tmp_path: Path, whole: bytes, changes: list[tuple[int, int]]) -> None:
    content = bytearray(whole)
    for at, value in changes:
        content[at % len(content)] = value
    taken(tmp_path, bytes(content))


@SAME_FOLDER
@given(FILES, st.integers(0, 10**6), st.integers(0, 200), st.integers(0, 10**6))
def test_a_piece_moved_elsewhere(
    tmp_path: Path, whole: bytes, begin: int, length: int, to: int
) -> None:
    begin, to = begin % len(whole), to % len(whole)
    piece = whole[begin : begin + length]
    rest = whole[:begin] + whole[begin + length :]
    taken(tmp_path, rest[:to] + piece + rest[to:])


@SAME_FOLDER
@given(FILES, st.text(max_size=12), st.integers(0, 10**6))
def test_a_number_replaced_by_any_text(tmp_path: Path, whole: bytes, text: str, which: int) -> None:
    spots = [at for at in range(len(whole)) if whole[at : at + 1].isdigit()]
    at = spots[which % len(spots)]
    replaced = whole[:at] + text.encode("utf-8", "replace") + whole[at + 1 :]
    taken(tmp_path, replaced)
