"""`gantry do --lines`: many commands through one process, one line of JSON each."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from uuid import UUID

import msgspec

from app.cli.words import fault_of, say_json, spoken
from app.core.errors import EnvironmentFault, GantryError, Refused
from app.services.bus import part_of
from app.services.commands import decode
from app.sync.desk import Desk, Outcome
from app.texts import reason_text

GOOD: Final = ("saved", "applied")
LONGEST_LINE: Final = 64 * 1024 * 1024


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the input; `payload` is the command as `gantry do KIND JSON` takes it."""

    kind: str
    payload: msgspec.Raw


def told_of(outcome: Outcome) -> dict[str, Any]:
    """A command's state for machines; without an answer yet it is "saved"."""
    state = "saved" if outcome.state == "unknown" else outcome.state
    reason = outcome.reason
    return {
        "op_id": str(outcome.op_id),
        "state": state,
        "reason": None if reason is None else reason.text_id,
        "words": "" if reason is None else reason_text(spoken(), reason),
    }


def do_lines(desk: Desk, source: BinaryIO, *, wait: float, offline: bool) -> int:
    """Works off `source` line by line, and says one line for each, at once: what was said to be
    saved is kept even if this process is killed the moment after.

    Meanwhile the link works, unless `offline`. At the end it waits at most `wait` seconds for the
    answers and says one line for each that came. 0: all saved, none refused; 1 otherwise.
    """
    if not offline:
        desk.start()
        if desk.status().data_as_of is None:
            desk.sync_until_quiet(wait)
    sound = True
    waiting = []
    for number, text in _lines(source):
        try:
            outcome = _take(desk, text, wait=wait, offline=offline)
        except GantryError as error:
            sound = False
            say_json({"line": number, "error": fault_of(error)})
            continue
        told = told_of(outcome)
        say_json({"line": number, **told})
        sound = sound and told["state"] in GOOD
        if outcome.state == "unknown":
            waiting.append(outcome.op_id)
    return 0 if _tell_answers(desk, waiting, wait, offline) and sound else 1


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while text := source.readline(LONGEST_LINE):
        number += 1
        if text.strip():
            yield number, text


def _take(desk: Desk, text: bytes, *, wait: float, offline: bool) -> Outcome:
    try:
        line = msgspec.json.decode(text, type=Line)
        payload = bytes(line.payload).decode("utf-8")
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Refused("sync.payload_malformed", kind="", detail=str(error)[:200]) from None
    part = part_of(line.kind)
    command = decode(part, part.command.VERSION, payload)
    if not part.online_only:
        return Outcome(desk.execute(command).op_id, "unknown")
    if offline:
        raise EnvironmentFault("sync.online_needed")
    return desk.execute_online(command, wait)


def _tell_answers(desk: Desk, op_ids: list[UUID], wait: float, offline: bool) -> bool:
    if offline or not op_ids:
        return True
    desk.sync_until_quiet(wait)
    answers = [told_of(desk.outcome(op_id)) for op_id in op_ids]
    for told in answers:
        if told["state"] != "saved":
            say_json(told)
    return all(told["state"] in GOOD for told in answers)
