"""Findings as short pairs, for comparison in tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import Finding, InputRejected
from app.ports.schedule_files.faults import DEFAULT_LIMITS, Faults, Limits
from app.ports.schedule_files.reader import read_schedule


def short(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """(where, name without the area) of each finding."""
    return [(f.where, f.reason.text_id.removeprefix("schedule_files.")) for f in findings]


def refused(action: Callable[[], object]) -> list[tuple[str, str]]:
    """The findings with which the action is refused; fails when it is not."""
    with pytest.raises(InputRejected) as refusal:
        action()
    assert refusal.value.findings
    return short(refusal.value.findings)


def found_in(faults: Faults) -> list[tuple[str, str]]:
    """The findings gathered so far."""
    return refused(faults.raise_if_any)


def refused_file(
    folder: Path, content: str | bytes, limits: Limits = DEFAULT_LIMITS
) -> list[tuple[str, str]]:
    """The findings with which a file of that content is refused."""
    path = folder / "schedule.any"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return refused(lambda: read_schedule(path, limits))
