"""What may go wrong, as values: an id of a text with its parameters, never finished words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Parameter = str | int | float


@dataclass(frozen=True, slots=True)
class Reason:
    """A text id (`area.name`) with the parameters that its words in resources/i18n take."""

    text_id: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in an input; `where` is a line, record or field, counted from 1."""

    reason: Reason
    where: str = ""


class GantryError(Exception):
    """Base of every error with words for a person."""

    def __init__(self, text_id: str, **parameters: Parameter) -> None:
        super().__init__(text_id, parameters)
        self.reason = Reason(text_id, parameters)


class Refused(GantryError):
    """A rule of the business says no: nothing was changed."""


class EnvironmentFault(GantryError):
    """Disk full, server gone, wrong password: not our fault; the words say what to do."""


class InputRejected(GantryError):
    """An input (file, form, paste) has faults: all are in `findings`, nothing was taken."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("common.input_rejected", count=len(findings))
        self.findings = findings
