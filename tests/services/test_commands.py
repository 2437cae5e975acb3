"""Commands as text: strict both ways, of any known version, whatever is sent."""

from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.people import EVERYONE
from app.services.commands import Command, CommandPart, decode, encode
from app.services.parts import COMMAND_PARTS
from app.services.tx import Tx

SCOPE = UUID(int=5)


class Note(Command, frozen=True, kw_only=True):
    """A command of the third version."""

    KIND: ClassVar[str] = "test.note"
    VERSION: ClassVar[int] = 3

    words: str
    loud: bool = False


def handle(command: Note, tx: Tx) -> None:
    """Does nothing."""


def upgrade(version: int, fields: dict[str, Any]) -> dict[str, Any]:
    """`text` of version 1 is called `words` since version 2."""
    if version == 1:
        fields["words"] = fields.pop("text")
    return fields


PART = CommandPart(Note, handle, EVERYONE, upgrade=upgrade)


def test_a_command_comes_back_as_it_went() -> None:
    note = Note(scope_id=SCOPE, words="顶板养护", loud=True)
    assert decode(PART, 3, encode(note)) == note


def test_older_versions_are_upgraded() -> None:
    old = f'{{"scope_id": "{SCOPE}", "text": "旧"}}'
    assert decode(PART, 1, old) == Note(scope_id=SCOPE, words="旧")
    assert decode(PART, 2, old.replace("text", "words")) == Note(scope_id=SCOPE, words="旧")


@pytest.mark.parametrize("version", [0, -1, 4, 10**9])
def test_unknown_versions_are_refused(version: int) -> None:
    with pytest.raises(Refused, match="version_unknown"):
        decode(PART, version, "{}")


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "null",
        "[]",
        "{",
        "{}",
        '{"scope_id": 1, "words": "a"}',
        '{"scope_id": "00000000-0000-0000-0000-000000000005", "words": 7}',
        '{"scope_id": "00000000-0000-0000-0000-000000000005", "words": "a", "more": 1}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '"\ud800"',
    ],
)
def test_what_is_no_such_command_is_refused(payload: str) -> None:
    with pytest.raises(Refused, match="payload_malformed") as refusal:
        decode(PART, 3, payload)
    assert len(str(refusal.value.reason.parameters["detail"])) <= 200


@given(st.text(max_size=200), st.sampled_from(COMMAND_PARTS))
def test_no_text_does_more_than_be_refused(payload: str, part: CommandPart) -> None:
    with pytest.raises(Refused):
        decode(part, part.command.VERSION, payload)
