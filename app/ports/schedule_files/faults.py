"""Limits of what is read, and the list in which a reader gathers everything that it finds wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import Finding, InputRejected, Parameter, Reason

MAX_FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file: bytes, records of each kind, characters of a line, of a text,
    of all rows kept, and nesting."""

    file_bytes: int = 256 * 1024 * 1024
    activities: int = 200_000
    links: int = 1_000_000
    records: int = 3_000_000
    line_chars: int = 4 * 1024 * 1024
    kept_chars: int = 64 * 1024 * 1024
    text_chars: int = 4_000
    depth: int = 32
    calendars: int = 5_000


DEFAULT_LIMITS = Limits()


class Faults:
    """Findings in the order of the file; stops the reading when there are too many to be read."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []

    def add(self, name: str, where: str = "", **parameters: Parameter) -> None:
        """Notes `schedule_files.<name>`. Raises InputRejected at the 500th finding."""
        self._findings.append(Finding(Reason(f"schedule_files.{name}", parameters), where))
        if len(self._findings) >= MAX_FINDINGS:
            self._findings.append(
                Finding(Reason("schedule_files.too_many_findings", {"count": MAX_FINDINGS}))
            )
            raise InputRejected(tuple(self._findings))

    def stop(self, name: str, where: str = "", **parameters: Parameter) -> InputRejected:
        """All findings with a last one, after which reading on makes no sense; to be raised."""
        reason = Reason(f"schedule_files.{name}", parameters)
        return InputRejected((*self._findings, Finding(reason, where)))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Adds findings of another check."""
        self._findings.extend(findings)

    def __bool__(self) -> bool:
        return bool(self._findings)

    def raise_if_any(self) -> None:
        """Raises InputRejected with everything found so far."""
        if self._findings:
            raise InputRejected(tuple(self._findings))
