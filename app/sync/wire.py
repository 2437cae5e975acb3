"""What passes between a desk and the server, and the port through which it passes."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Protocol
from uuid import UUID

from app.core.errors import Reason

SCHEMA: Final = 2
"""The schema of synced tables and commands that this program speaks."""

FinalState = Literal["applied", "refused", "conflict", "blocked"]

Key = tuple[UUID, UUID]
"""A row's scope and id."""


@dataclass(frozen=True, slots=True)
class ServerIdentity:
    """Which history of which server: any difference means that rows may have gone back."""

    system: str
    timeline: int
    generation: str

    def text(self) -> str:
        """One line, to be stored and compared."""
        return f"{self.system}/{self.timeline}/{self.generation}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A device with the token that its last push was given (`held`) and the one of the next push.

    Whoever comes with an older token is a copy of the desk, or the server was set back.
    """

    device_id: UUID
    held: UUID | None
    coming: UUID


@dataclass(frozen=True, slots=True)
class Seen:
    """What a desk last saw of a server: `audit` is `Hello.audit`, empty for nothing."""

    audit: str = ""
    claim: Claim | None = None


UNSEEN: Final = Seen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The server's first words. `scopes` maps each visible scope to the jobs held in it.

    `audit` is the last entry of the audit log (`number:hash`, empty where a server does not tell).
    `history_known`: the entry that was last seen is there; `device_known`: so is the device's
    token. Else the server was set back, or another desk goes by the same device.
    """

    me: str
    identity: ServerIdentity
    standby: bool
    schema_oldest: int
    schema_newest: int
    prune_floor: int
    now: datetime
    scopes: Mapping[UUID, frozenset[str]]
    readable: frozenset[str]
    audit: str = ""
    history_known: bool = True
    device_known: bool = True

    def rights(self, scope_id: UUID) -> str:
        """What decides which rows of a scope are visible, as comparable text."""
        jobs = ",".join(sorted(self.scopes.get(scope_id, ())))
        return f"{jobs}|{','.join(sorted(self.readable))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireCommand:
    """A command as it lies in the inbox; `payload` is at most `protocol.PAYLOAD_LIMIT` bytes."""

    op_id: UUID
    scope_id: UUID
    device_id: UUID
    device_seq: int
    kind: str
    kind_version: int
    payload: str
    issued_at: datetime
    depends_on: UUID | None


Number = tuple[UUID, int]
"""A command's device and its place in that device's order."""


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """`stored` lie in the inbox, now or since before; `differing` are there with other content;
    `cloned` tells that another desk used this device's numbers: the rest was not stored.
    `numbers` are those under which stored commands lie, where a copy of this desk sent them.
    `taken`: the device belongs to another person.
    `agreed`: from now on the server knows the device by the token that came with the push."""

    stored: frozenset[UUID]
    differing: frozenset[UUID] = frozenset()
    cloned: bool = False
    numbers: Mapping[UUID, Number] = field(default_factory=dict)
    agreed: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The server's final word on a command."""

    op_id: UUID
    state: FinalState
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a long payload, named by its content."""

    scope_id: UUID
    sha256: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Sum:
    """What rows come to: how many, and the md5 of `id:row_version` joined by commas in the order of
    their ids (32 hexadecimal digits each)."""

    count: int
    digest: str


Row = tuple[Any, ...]
"""The columns of a synced table in order, scope and id first, as the cache stores them."""


class ServerView(Protocol):
    """One snapshot of the server, read only. Every call may raise `LinkLost`."""

    @property
    def hello(self) -> Hello:
        """The server's first words, true for this snapshot."""

    @property
    def snapshot(self) -> str:
        """The snapshot as text (pg_snapshot): the cursor after this view was applied."""

    def changed_keys(self, scopes: Collection[UUID], cursor: str) -> Mapping[str, list[Key]]:
        """Keys by table of what changed in the scopes and was not visible at the cursor."""

    def rows(self, table: str, keys: Sequence[Key]) -> list[Row]:
        """The visible rows behind keys."""

    def page(
        self, table: str, scopes: Collection[UUID], after: Key | None, limit: int
    ) -> list[Row]:
        """The next visible rows of the scopes, ordered by key."""

    def sums(self, table: str, scopes: Collection[UUID]) -> Mapping[UUID, Sum]:
        """What the visible rows of each scope come to."""

    def answers(self, since: Mapping[UUID, int]) -> list[Answer]:
        """Answers to commands of the given devices from the given sequence number on."""


class ServerPort(Protocol):
    """One live connection to the server. Calls raise `LinkLost` once it is broken."""

    def hello(self, seen: Seen = UNSEEN) -> Hello:
        """The server's first words."""

    def push(self, commands: Sequence[WireCommand], claim: Claim) -> PushAnswer:
        """Stores commands of the claimed device in the inbox, all of them or none; none that is
        new where the claim does not hold, or held already. `PushRejected` if one cannot be."""

    def missing_chunks(self, names: Sequence[bytes], scope_id: UUID) -> frozenset[bytes]:
        """Those of the named chunks that the server does not hold."""

    def send_chunk(self, chunk: Chunk) -> None:
        """Stores a chunk."""

    def known(self, op_ids: Sequence[UUID]) -> Mapping[UUID, Number]:
        """Those of the commands that lie in the inbox, with the numbers that they lie under."""

    def unanswered(self, since: Mapping[UUID, int]) -> int:
        """How many of the stored commands of the given devices, from the given sequence numbers
        on, have no answer yet."""

    def view(self, seen: Seen = UNSEEN) -> AbstractContextManager[ServerView]:
        """A snapshot for a pull."""

    def heartbeat(self) -> None:
        """One round trip."""

    def descriptor(self) -> int:
        """What to wait on until the server has something to say."""

    def notified(self) -> bool:
        """Whether the server told of changes since the last call. Does not wait."""

    def close(self) -> None:
        """Ends the connection; never fails."""


class Connector(Protocol):
    """Makes connections. `LinkLost` with words if there is none."""

    def __call__(self) -> ServerPort:
        """A new connection."""


class LinkLost(Exception):
    """The connection is gone or was not made; `reason` says why, `kind` what to show."""

    def __init__(self, reason: Reason, kind: str = "offline") -> None:
        super().__init__(reason.text_id)
        self.reason = reason
        self.kind = kind


class PushRejected(Exception):
    """The server does not take these commands: content (not this time, nor ever) or quota."""

    def __init__(self, reason: Reason, *, for_ever: bool) -> None:
        super().__init__(reason.text_id)
        self.reason = reason
        self.for_ever = for_ever
