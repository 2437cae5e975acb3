"""Every invariant finds its planted violation, and nothing in what is sound."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from app.server.audit import ORIGIN, Decision, link
from tests.faults import invariants
from tests.faults.state import Asked, Decided, DeskState, Entry, Kept, ServerState, by_scope

PROJECT = UUID(int=9)
DEVICE = UUID(int=8)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def op(number: int) -> UUID:
    return UUID(int=number)


def asked(number: int, kind: str = "projects.edit", **payload: Any) -> Asked:
    text = msgspec.json.encode(payload).decode()
    return Asked(op(number), PROJECT, "anna", DEVICE, number, None, kind, text)


def edit(number: int, base: str, note: str) -> Asked:
    return asked(number, base={"note": base}, values={"note": note})


def server(*commands: tuple[Asked, str], terms: tuple[int, ...] = ()) -> ServerState:
    """A server that decided these commands so, in this order."""
    audit: list[Entry] = []
    previous = ORIGIN
    for n, (one, state) in enumerate(commands, 1):
        decision = Decision(one.op_id, one.scope_id, one.actor, one.kind, state, b"hash")
        digest = link(previous, n, decision, AT)
        epoch = terms[n - 1] if terms else 1
        audit.append(
            Entry(
                n,
                one.op_id,
                one.scope_id,
                one.actor,
                one.kind,
                state,
                b"hash",
                AT,
                previous,
                digest,
                epoch,
            )
        )
        previous = digest
    results = tuple(
        Decided(one.op_id, state, "why" if state != "applied" else None, 1)
        for one, state in commands
    )
    return ServerState(tuple(one for one, _ in commands), results, tuple(audit))


CREATED = (asked(1, "projects.create", note=""), "applied")
SOUND = server(CREATED, (edit(2, "", "a"), "applied"), (edit(3, "", "b"), "conflict"))


def numbers(found: list[str]) -> set[str]:
    return {finding.split(":")[0] for finding in found}


def test_a_sound_server_has_no_findings() -> None:
    assert invariants.of_server(SOUND) == []
    assert invariants.saved_ends([op(1), op(2), op(3)], SOUND) == []


@pytest.mark.parametrize(
    ("number", "broken"),
    [
        ("1", replace(SOUND, audit=SOUND.audit[:2])),
        ("1", replace(SOUND, results=(*SOUND.results[:2], Decided(op(3), "applied", None, 1)))),
        ("1", server(CREATED, (edit(2, "", "a"), "applied"), (edit(2, "a", "a"), "applied"))),
        ("2", replace(SOUND, inbox=(*SOUND.inbox, replace(SOUND.inbox[0], op_id=op(7))))),
        ("6", server(CREATED, (edit(2, "", "a"), "applied"), (edit(3, "", "b"), "applied"))),
        ("11", replace(SOUND, audit=(SOUND.audit[0], SOUND.audit[2]))),
        ("13", server(CREATED, (replace(edit(2, "", "a"), depends_on=op(1)), "blocked"))),
        ("15", server(CREATED, (edit(2, "", "a"), "applied"), terms=(2, 1))),
    ],
)
def test_a_broken_server_is_found(number: str, broken: ServerState) -> None:
    assert number in numbers(invariants.of_server(broken))


def test_what_was_saved_must_be_somewhere_and_end() -> None:
    desk = DeskState("anna", (Kept(op(1), "applied", None),), {}, {}, {}, None)
    assert invariants.saved_is_known([op(1)], [desk]) == []
    assert numbers(invariants.saved_is_known([op(2)], [desk])) == {"3"}
    assert numbers(invariants.saved_ends([op(5)], SOUND)) == {"3"}
    mute = replace(SOUND, results=(*SOUND.results[:2], Decided(op(3), "refused", None, 1)))
    assert numbers(invariants.saved_ends([op(3)], mute)) == {"3"}


def test_the_cache_is_what_its_snapshot_showed() -> None:
    rows = by_scope({"project": [(PROJECT, "a")]})
    desk = DeskState("anna", (), rows, rows, {PROJECT: "5:5:"}, "server")
    assert invariants.cache_is_a_snapshot(desk, {"5:5:": rows}) == []
    assert invariants.after_healing(desk, rows) == []
    other = by_scope({"project": [(PROJECT, "b")]})
    assert numbers(invariants.cache_is_a_snapshot(desk, {"5:5:": other})) == {"7"}
    assert numbers(invariants.cache_is_a_snapshot(desk, {})) == {"8"}
    lost = replace(desk, cursors={})
    assert numbers(invariants.cache_is_a_snapshot(lost, {})) == {"8"}
    waiting = replace(desk, commands=(Kept(op(1), "stored", None),))
    assert numbers(invariants.after_healing(waiting, other)) == {"5", "14"}


def test_stock_adds_up() -> None:
    sound = [{"place": "A", "quantity": 0, "short": 3}]
    assert invariants.stock_adds_up(sound, {"A": -3}) == []
    assert numbers(invariants.stock_adds_up(sound, {"A": -2})) == {"4"}
    assert numbers(invariants.stock_adds_up(sound, {"A": -3, "B": 1})) == {"4"}
    below = [{"place": "A", "quantity": -1, "short": 0}]
    assert numbers(invariants.stock_adds_up(below, {"A": -1})) == {"4"}


def test_money_stays_and_balances() -> None:
    before = by_scope({"entry": [(PROJECT, "100")]})
    assert invariants.posted_stays(before, before, ["entry"]) == []
    now = by_scope({"entry": [(PROJECT, "101")]})
    assert numbers(invariants.posted_stays(before, now, ["entry"])) == {"9"}
    assert invariants.books_balance({op(1): [(5, 0), (0, 5)]}) == []
    assert numbers(invariants.books_balance({op(1): [(5, 0), (0, 4)]})) == {"9"}


@pytest.mark.parametrize("given", [[1, 3], [1, 2, 2], [1, 2, 3, 4]])
def test_numbers_have_no_gap(given: list[int]) -> None:
    assert invariants.numbers_gapless({"A": [1, 2, 3]}, {"A": 3}) == []
    assert numbers(invariants.numbers_gapless({"A": given}, {"A": 3})) == {"10"}


def test_documents_go_where_their_state_leads() -> None:
    allowed = {"draft": {"asked"}, "asked": {"approved", "refused"}}
    sound = {op(1): ["draft", "draft", "asked", "approved"]}
    assert invariants.only_expected_steps(sound, allowed) == []
    wrong = {op(1): ["draft", "approved"]}
    assert numbers(invariants.only_expected_steps(wrong, allowed)) == {"12"}
