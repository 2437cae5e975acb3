"""The invariants of the protocol as small functions on plain values; each gives its findings.

They know nothing of PostgreSQL or SQLite. The numbers are those of the protocol's own list.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec

from app.server.audit import ORIGIN, Decision, link
from app.services.projects import GROUPS
from tests.faults.state import DeskState, Entry, Rows, ServerState

_OPEN = ("saved", "stored")
_UNDONE = ("refused", "conflict", "blocked")


def of_server(server: ServerState) -> list[str]:
    """All that can be seen at the server alone, at any time: 1, 2, 6, 11, 13, 15."""
    return [
        *decided_once(server),
        *numbered_once(server),
        *nothing_overwritten_unseen(server),
        *chain_unbroken(server.audit),
        *only_dependants_blocked(server),
        *one_writer(server.audit),
    ]


def decided_once(server: ServerState) -> list[str]:
    """1: a command is decided once, and its audit entry says the same as its answer."""
    audited = Counter(entry.op_id for entry in server.audit)
    found = [f"1: {op_id} decided {times} times" for op_id, times in audited.items() if times > 1]
    entries = {entry.op_id: entry.state for entry in server.audit}
    states = server.state_of
    found += [f"1: {op_id} has no answer or no entry" for op_id in entries.keys() ^ states.keys()]
    return found + [
        f"1: {op_id} is {states[op_id]}, and {entries[op_id]} in the audit"
        for op_id in entries.keys() & states.keys()
        if entries[op_id] != states[op_id]
    ]


def numbered_once(server: ServerState) -> list[str]:
    """2: no op_id twice, no number of a device twice."""
    ids = Counter(asked.op_id for asked in server.inbox)
    numbers = Counter((asked.actor, asked.device_id, asked.device_seq) for asked in server.inbox)
    return [
        f"2: {what} stands {times} times in the inbox"
        for what, times in [*ids.items(), *numbers.items()]
        if times > 1
    ]


def saved_is_known(saved: Collection[UUID], desks: Iterable[DeskState]) -> list[str]:
    """3, at any time: what was shown as saved lies in an outbox, with or without an answer."""
    known = {command.op_id for desk in desks for command in desk.commands}
    return [f"3: {op_id} was saved and is nowhere" for op_id in set(saved) - known]


def saved_ends(saved: Collection[UUID], server: ServerState) -> list[str]:
    """3, after healing: what was shown as saved ended, and not without a reason."""
    reasons = {result.op_id: result.reason_id for result in server.results}
    found = [f"3: {op_id} was saved and has no answer" for op_id in set(saved) - reasons.keys()]
    return found + [
        f"3: {op_id} was refused without a reason"
        for op_id in set(saved) & reasons.keys()
        if server.state_of[op_id] == "refused" and not reasons[op_id]
    ]


def stock_adds_up(balances: Iterable[Mapping[str, Any]], moved: Mapping[Any, Any]) -> list[str]:
    """4: no balance below zero; balance less short is the sum of the moves. `balances` have
    "place", "quantity", "short"; `moved` is the sum by place."""
    found, places = [], set()
    for balance in balances:
        place = balance["place"]
        places.add(place)
        if balance["quantity"] < 0:
            found.append(f"4: {place} holds {balance['quantity']}")
        if balance["quantity"] - balance["short"] != moved.get(place, 0):
            found.append(f"4: {place} holds {balance}, moved {moved.get(place, 0)}")
    return found + [f"4: {place} moved and has no balance" for place in moved.keys() - places]


def after_healing(desk: DeskState, theirs: Rows) -> list[str]:
    """5 and 14: nothing waits, and the cache shows what its person may see and nothing else."""
    waiting = [command.op_id for command in desk.commands if command.state in _OPEN]
    found = [f"14: {desk.login} still waits for {len(waiting)} answers"] if waiting else []
    return found + _differing("5", desk.login, desk.shown, theirs)


def nothing_overwritten_unseen(server: ServerState) -> list[str]:
    """6: an applied edit of a project was made by someone who had seen what it replaced.

    The history is told again from the commands alone.
    """
    found: list[str] = []
    projects: dict[UUID, dict[str, Any]] = {}
    for asked, state in server.in_order:
        if state != "applied" or "chunked" in asked.payload[:12]:
            continue
        payload = msgspec.json.decode(asked.payload)
        if asked.kind == "projects.create":
            projects[asked.scope_id] = payload
        elif asked.kind == "projects.edit" and asked.scope_id in projects:
            now, base, mine = projects[asked.scope_id], payload["base"], payload["values"]
            for group in GROUPS.values():
                names = [name for name in group if name in mine]
                seen = [now.get(name) or None for name in names]
                if seen not in (
                    [base.get(name) or None for name in names],
                    [mine[name] or None for name in names],
                ):
                    found.append(f"6: {asked.op_id} replaced {seen}, which its author had not seen")
            now.update(mine)
    return found


def cache_is_a_snapshot(desk: DeskState, snapshots: Mapping[str, Rows]) -> list[str]:
    """7 and 8: without the own pending edits, every scope is what the snapshot of its cursor
    showed, to the row. `snapshots`: what was to be seen, by the text of the snapshot."""
    found: list[str] = []
    for scope, snapshot in desk.cursors.items():
        known = snapshots.get(snapshot)
        if known is None:
            found.append(f"8: {desk.login} stands at {snapshot}, which nobody was shown")
            continue
        for table in known.keys() | desk.base.keys():
            ours = desk.base.get(table, {}).get(scope, frozenset())
            there = known.get(table, {}).get(scope, frozenset())
            if ours != there:
                found.append(f"7: {desk.login} {table}: {_only(ours, there)}")
    for table, scopes in desk.base.items():
        if left := scopes.keys() - desk.cursors.keys():
            found.append(f"8: {desk.login} holds {table} of {left}")
    return found


def posted_stays(before: Rows, now: Rows, tables: Collection[str]) -> list[str]:
    """9: what was posted is there unchanged."""
    return [
        f"9: {table} lost {sorted(gone)[:2]}"
        for table in tables
        for scope, rows in before.get(table, {}).items()
        if (gone := rows - now.get(table, {}).get(scope, frozenset()))
    ]


def books_balance(entries: Mapping[UUID, Iterable[tuple[Any, Any]]]) -> list[str]:
    """9: debit equals credit in every entry; its lines are (debit, credit)."""
    found = []
    for entry, lines in entries.items():
        pairs = list(lines)
        if sum(debit for debit, _ in pairs) != sum(credit for _, credit in pairs):
            found.append(f"9: {entry} does not balance: {pairs}")
    return found


def numbers_gapless(given: Mapping[Any, Collection[int]], last: Mapping[Any, int]) -> list[str]:
    """10: in each series every number from 1 to the last was given once."""
    return [
        f"10: {series} gave {sorted(given.get(series, ()))}, last {last.get(series, 0)}"
        for series in given.keys() | last.keys()
        if sorted(given.get(series, ())) != list(range(1, last.get(series, 0) + 1))
    ]


def chain_unbroken(audit: Iterable[Entry]) -> list[str]:
    """11: each entry follows from the one before."""
    n, previous = 0, ORIGIN
    for entry in audit:
        decision = Decision(
            entry.op_id, entry.scope_id, entry.actor, entry.kind, entry.state, entry.payload_hash
        )
        sound = entry.n == n + 1 and entry.previous_hash == previous
        if not sound or entry.hash != link(previous, n + 1, decision, entry.at):
            return [f"11: entry {entry.n} does not follow from {n}"]
        n, previous = entry.n, entry.hash
    return []


def only_expected_steps(
    history: Mapping[UUID, Iterable[str]], allowed: Mapping[str, Collection[str]]
) -> list[str]:
    """12: every document went only where its state led. `history`: its states, oldest first."""
    found = []
    for document, states in history.items():
        for before, after in pairwise(states):
            if before != after and after not in allowed.get(before, ()):
                found.append(f"12: {document} went from {before} to {after}")
    return found


def only_dependants_blocked(server: ServerState) -> list[str]:
    """13: what is blocked waited for a command that was not applied."""
    needs = {asked.op_id: asked.depends_on for asked in server.inbox}
    found = []
    for op_id, state in server.state_of.items():
        needed = needs.get(op_id)
        if state == "blocked" and (needed is None or server.state_of.get(needed) not in _UNDONE):
            found.append(f"13: {op_id} is blocked by {needed}")
    return found


def one_writer(audit: Iterable[Entry]) -> list[str]:
    """15: once a writer has decided something, none of an earlier term ever does again."""
    found, newest = [], 0
    for entry in audit:
        if entry.epoch is None or entry.epoch < newest:
            found.append(f"15: entry {entry.n} is of term {entry.epoch}, after {newest}")
        newest = max(newest, entry.epoch or 0)
    return found


def _differing(number: str, who: str, ours: Rows, theirs: Rows) -> list[str]:
    found = []
    for table in ours.keys() | theirs.keys():
        here, there = ours.get(table, {}), theirs.get(table, {})
        for scope in here.keys() | there.keys():
            mine, right = here.get(scope, frozenset()), there.get(scope, frozenset())
            if mine != right:
                found.append(f"{number}: {who} {table} of {scope}: {_only(mine, right)}")
    return found


def _only(ours: frozenset[str], theirs: frozenset[str]) -> str:
    return f"only here {sorted(ours - theirs)[:2]}, only there {sorted(theirs - ours)[:2]}"
