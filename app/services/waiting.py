"""A desk's own commands that are not settled, as the reconcile inbox shows them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.errors import Reason


class WaitingState(StrEnum):
    """Where an own command stands: on the way, in doubt, or come back with a reason."""

    SAVED = "saved"
    STORED = "stored"
    IN_DOUBT = "in_doubt"
    REFUSED = "refused"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class WaitingCommand:
    """An own command. `payload` is its whole JSON text, so that nothing typed is ever lost."""

    op_id: UUID
    scope_id: UUID
    kind: str
    payload: str
    issued_at: datetime
    state: WaitingState
    reason: Reason | None
