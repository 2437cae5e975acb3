"""kill -9 and SIGSTOP of a desk, a window, server processes and PostgreSQL, in any order."""

from pathlib import Path

from tests.faults.kills import WEIGHTS, run


def test_nothing_promised_is_lost_and_nothing_done_twice(tmp_path: Path) -> None:
    report = run(tmp_path, 12, 5, desks={"anna": False, "chen": True})
    assert report.kills == 12
    assert report.blows.keys() == WEIGHTS.keys() | {"window"}
    assert report.promised > report.kills
    assert report.terms > 1
    assert (report.lost, report.doubled, report.findings) == (0, 0, [])
