"""The tables of a Primavera XER file, row by row: %T names a table, %F its fields, %R is a row."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from app.ports.schedule_files.faults import Faults, Limits

Row = dict[str, str]
Record = tuple[str, int, Row]
"""Table name, line number (from 1) and the wanted fields of a row."""


def xer_records(
    path: Path, encoding: str, wanted: Mapping[str, frozenset[str]], limits: Limits, faults: Faults
) -> Iterator[Record]:
    """Rows of the wanted tables with their wanted fields; missing fields are empty texts.

    Notes rows without fields or with too many. Raises InputRejected for a file that is no XER, is
    cut off (no %E at its end), or passes a limit.
    """
    with path.open(encoding=encoding, newline="\n") as stream:
        yield from _Scanner(stream, wanted, limits, faults).records()


class _Scanner:
    def __init__(
        self,
        stream: TextIO,
        wanted: Mapping[str, frozenset[str]],
        limits: Limits,
        faults: Faults,
    ) -> None:
        self._stream = stream
        self._wanted = wanted
        self._limits = limits
        self._faults = faults
        self._line_number = 0
        self._rows = 0
        self._table = ""
        self._columns: list[tuple[int, str]] | None = None
        self._field_count = 0
        self._pending: list[str] = []
        self._pending_number = 0
        self._pending_chars = 0
        self._kept_chars = 0

    def _lines(self) -> Iterator[str]:
        while line := self._stream.readline(self._limits.line_chars + 1):
            self._line_number += 1
            if len(line) > self._limits.line_chars:
                raise self._faults.stop(
                    "line_too_long", f"L{self._line_number}", limit=self._limits.line_chars
                )
            yield line.rstrip("\r\n")

    def records(self) -> Iterator[Record]:
        ended = False
        for line in self._lines():
            if self._line_number == 1:
                if not line.startswith("ERMHDR"):
                    raise self._faults.stop("not_xer", "L1")
                continue
            if not line.startswith("%"):
                self._continue_row(line)
                continue
            yield from self._flush()
            if line.startswith("%E"):
                ended = True
                break
            self._take(line)
        if not ended:
            where = f"L{self._line_number}"
            raise self._faults.stop("xer_truncated" if self._line_number else "empty_file", where)

    def _take(self, line: str) -> None:
        cells = line.split("\t")
        where = f"L{self._line_number}"
        if cells[0] == "%T":
            self._table = cells[1].strip() if len(cells) > 1 else ""
            self._columns = None
        elif cells[0] == "%F":
            self._take_fields(cells[1:])
        elif cells[0] == "%R":
            self._rows += 1
            if self._rows > self._limits.records:
                raise self._faults.stop("too_many_records", where, limit=self._limits.records)
            if self._table in self._wanted:
                self._pending = [line.partition("\t")[2]]
                self._pending_number, self._pending_chars = self._line_number, len(line)
        else:
            self._faults.add("unknown_line", where, mark=cells[0][:8])

    def _take_fields(self, names: list[str]) -> None:
        wanted = self._wanted.get(self._table)
        if wanted is None:
            return
        self._field_count = len(names)
        self._columns = [(at, name) for at, name in enumerate(names) if name in wanted]

    def _continue_row(self, line: str) -> None:
        """A text with a line break goes on on the next line."""
        if not self._pending:
            return
        self._pending.append(line)
        self._pending_chars += len(line) + 1
        if self._pending_chars > self._limits.line_chars:
            raise self._faults.stop(
                "line_too_long", f"L{self._pending_number}", limit=self._limits.line_chars
            )

    def _flush(self) -> Iterator[Record]:
        if not self._pending:
            return
        number, cells = self._pending_number, "\n".join(self._pending).split("\t")
        self._pending = []
        where = f"L{number} {self._table}"
        if self._columns is None:
            self._faults.add("row_without_fields", where)
            return
        if len(cells) > self._field_count and any(cells[self._field_count :]):
            self._faults.add("too_many_fields", where, found=len(cells), expected=self._field_count)
            return
        count = len(cells)
        row = {name: _unquoted(cells[at]) if at < count else "" for at, name in self._columns}
        self._kept_chars += sum(map(len, row.values()))
        if self._kept_chars > self._limits.kept_chars:
            raise self._faults.stop("too_much_text", where, limit=self._limits.kept_chars)
        yield self._table, number, row


def _unquoted(cell: str) -> str:
    if '"' not in cell:
        return cell
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '""' in cell:
        cell = cell[1:-1]
    return cell.replace('""', '"')
