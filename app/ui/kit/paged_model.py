"""A table model over an id array; rows are read a page at a time as they come into view."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QTimer

from app.ui.kit.columns import Column
from app.ui.kit.desk import Reader
from app.ui.kit.runner import Runner
from app.ui.kit.table_model import Index, Order, TableModel

T = TypeVar("T")
R = TypeVar("R", covariant=True)

PAGE: Final = 200
PAGES_KEPT: Final = 60
PAGES_ASKED: Final = 4
NEAR: Final = 2000


class PagedSource(Protocol[R]):
    """Where the rows come from. Both are called on a reader thread."""

    def ids(
        self, reader: Reader, order: Order | None, filters: Mapping[str, str]
    ) -> Sequence[Hashable]:
        """Ids of all rows that pass the filters, in order. A compact sequence saves memory."""

    def rows(self, reader: Reader, ids: Sequence[Hashable]) -> Sequence[R]:
        """The rows of some ids, in any order; ids that are gone are left out."""


class PagedModel(TableModel[T]):
    """Shows a source; call `refresh` when its rows changed."""

    def __init__(
        self,
        runner: Runner,
        source: PagedSource[T],
        columns: Sequence[Column[T]],
        row_id: Callable[[T], Hashable],
        today: Callable[[], date] = date.today,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, row_id, today, parent)
        self._runner = runner
        self._source = source
        self._ids: Sequence[Hashable] = ()
        self._rows: OrderedDict[Hashable, T] = OrderedDict()
        self._fresh: set[int] = set()
        self._asked: set[int] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._generation = 0
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(0)
        self._flush.timeout.connect(self._ask_pages)

    def refresh(self) -> None:
        """Reads the ids again; rows seen stay on screen until their new state is read."""
        source, order, filters = self._source, self.order, dict(self.filters)
        self._runner.query(
            self, lambda reader: source.ids(reader, order, filters), self._take_ids, key="ids"
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def row_at(self, place: int) -> T | None:
        if not 0 <= place < len(self._ids):
            return None
        page = place // PAGE
        if page not in self._fresh:
            self._want(page)
        return self._rows.get(self._ids[place])

    def id_at(self, place: int) -> Hashable:
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, row_id: Hashable, near: int = 0) -> int:
        low, high = max(near - NEAR, 0), min(near + NEAR, len(self._ids))
        nearby = (place for place in range(low, high) if self._ids[place] == row_id)
        found = next(nearby, -1)
        if found < 0:
            found = next((place for place, known in enumerate(self._ids) if known == row_id), -1)
        return found

    def arrange(self, order: Order | None, filters: Mapping[str, str]) -> None:
        self.order = order
        self.filters = {key: wanted for key, wanted in filters.items() if wanted.strip()}
        self.refresh()

    def every_row(self) -> Callable[[Reader], Iterable[T]]:
        source, order, filters = self._source, self.order, dict(self.filters)

        def read(reader: Reader) -> Iterator[T]:
            ids = source.ids(reader, order, filters)
            for start in range(0, len(ids), PAGE):
                some = ids[start : start + PAGE]
                known = {self._row_id(row): row for row in source.rows(reader, some)}
                yield from (known[one] for one in some if one in known)

        return read

    def _take_ids(self, ids: Sequence[Hashable]) -> None:
        self._generation += 1
        self._forget_pending()
        self._fresh.clear()
        self._asked.clear()
        self.is_loaded = True
        if len(ids) == len(self._ids) and ids == self._ids:
            self._repaint()
        else:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
        self.loaded.emit()

    def _want(self, page: int) -> None:
        if page in self._asked:
            return
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        if not self._flush.isActive():
            self._flush.start()

    def _ask_pages(self) -> None:
        # Only the pages asked for last are still in view after a fast scroll.
        pages = list(self._wanted)[-PAGES_ASKED:]
        self._wanted.clear()
        for page in pages:
            self._ask(page)

    def _ask(self, page: int) -> None:
        some = self._ids[page * PAGE : (page + 1) * PAGE]
        source, generation = self._source, self._generation
        self._asked.add(page)

        def take(rows: Sequence[T]) -> None:
            if generation == self._generation:
                self._take_rows(page, rows)

        self._runner.query(self, lambda reader: source.rows(reader, some), take, key=f"page {page}")

    def _take_rows(self, page: int, rows: Sequence[T]) -> None:
        self._asked.discard(page)
        self._fresh.add(page)
        for row in rows:
            self._rows[self._row_id(row)] = row
            self._rows.move_to_end(self._row_id(row))
        if len(self._rows) > PAGES_KEPT * PAGE:
            self._let_go(page)
        first = page * PAGE
        last = min(first + PAGE, len(self._ids)) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _let_go(self, page: int) -> None:
        while len(self._rows) > PAGES_KEPT * PAGE:
            self._rows.popitem(last=False)
        # Which pages lost rows is not known by place: all but the newest count as unread.
        self._fresh = {page}
