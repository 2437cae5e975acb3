"""Errors carry an id and parameters, never finished words."""

import pytest

from app.core.errors import (
    EnvironmentFault,
    Finding,
    GantryError,
    InputRejected,
    Reason,
    Refused,
)


@pytest.mark.parametrize("kind", [Refused, EnvironmentFault])
def test_an_error_carries_its_reason(kind: type[GantryError]) -> None:
    error = kind("projects.code_taken", code="A", name="甲")
    assert error.reason == Reason("projects.code_taken", {"code": "A", "name": "甲"})
    assert isinstance(error, GantryError)


def test_a_rejected_input_carries_all_findings() -> None:
    findings = tuple(Finding(Reason("schedule.task_gone"), f"line {n}") for n in range(3))
    error = InputRejected(findings)
    assert error.findings == findings
    assert error.reason == Reason("common.input_rejected", {"count": 3})


def test_a_refusal_is_no_fault_of_the_surroundings() -> None:
    assert not issubclass(Refused, EnvironmentFault)
    assert not issubclass(EnvironmentFault, Refused)
