"""Work in the ledger: entries are drafted, submitted, approved, posted and reversed."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from tests.blackbox.pen import Command, Maker, Pen, Row

MOST_ENTRIES: Final = 60
_STEPS: Final = {
    "draft": "ledger.submit",
    "submitted": "ledger.approve",
    "approved": "ledger.post",
    "posted": "ledger.reverse",
}
"""What is done next with an entry in each state."""


class MoneyWork:
    """The entries of each project, as the desk shows them."""

    query = "ledger"

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._device = f"{pen.rng.getrandbits(16):04X}"
        self._drafts = 0
        self._entries: dict[str, dict[str, Row]] = {}

    def see(self, project: str, rows: Sequence[Row]) -> None:
        """The entries, with the hash of what they hold."""
        self._entries[project] = {row["id"]: dict(row) for row in rows}

    def makers(self, projects: Collection[str]) -> list[Maker]:
        """Drafts an entry, or does with one what comes next, though another desk may be first."""
        makers: list[Maker] = []
        room = [one for one in projects if len(self._entries.get(one, ())) < MOST_ENTRIES]
        if room:
            makers.append((8, lambda: self._draft(self._pen.one_of(room))))
        seen = [
            (project, entry)
            for project in sorted(set(projects) & set(self._entries))
            for entry in self._entries[project].values()
            if entry["state"] in _STEPS and entry["kind"] == "normal"
        ]
        drafts = [one for one in seen if one[1]["state"] == "draft"]
        if drafts:
            makers.append((6, self._for(drafts, self._edit)))
        if seen:
            makers.append((30, self._for(seen, self._step)))
        return makers

    def saved(self, kind: str, payload: Row) -> None:
        """What was changed has another hash, which only the desk can tell."""
        if kind in (*_STEPS.values(), "ledger.edit"):
            self._entries[payload["scope_id"]].pop(payload["entry_id"], None)

    def _for(
        self, seen: Sequence[tuple[str, Row]], make: Callable[[str, Row], Command]
    ) -> Callable[[], Command]:
        return lambda: make(*self._pen.rng.choice(seen))

    def _draft(self, project: str) -> Command:
        self._drafts += 1
        amount = f"{self._pen.rng.randrange(1, 10_000_000) / 100:.2f}"
        return "ledger.draft", {
            "scope_id": project,
            "entry_id": self._pen.id(),
            "business_date": "2026-03-05",
            "summary": f"暂估商品混凝土 {self._pen.mark()}",
            "lines": [
                {"account": "5401.01", "text": "商品混凝土", "debit": amount},
                {"account": "2202", "text": "", "credit": amount},
            ],
            "device": self._device,
            "counter": self._drafts,
        }

    def _edit(self, project: str, entry: Row) -> Command:
        return "ledger.edit", {
            "scope_id": project,
            "entry_id": entry["id"],
            "base": {"summary": entry["summary"], "party": entry["party"]},
            "values": {"summary": f"商品混凝土 {self._pen.mark()}"},
        }

    def _step(self, project: str, entry: Row) -> Command:
        kind = _STEPS[entry["state"]]
        command: Row = {
            "scope_id": project,
            "entry_id": entry["id"],
            "expected": entry["state"],
            "content_hash": entry["content_hash"],
        }
        if kind == "ledger.reverse":
            command |= {
                "reversal_id": self._pen.id(),
                "business_date": "2026-03-05",
                "summary": f"冲销 {self._pen.mark()}",
            }
        return kind, command
