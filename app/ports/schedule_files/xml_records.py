"""Streams records out of a large XML file: nothing is kept but the record at hand.

There is no document type, no entity and no outside reference: a DOCTYPE is refused before it can
define anything. expat is fed decoded text, so that it never chooses an encoding by itself.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from app.core.errors import InputRejected
from app.ports.schedule_files.faults import Faults, Limits

_CHUNK = 1 << 16
_MAX_NODES_PER_RECORD = 100_000


@dataclass(slots=True)
class Element:
    """One XML element: text of a leaf, children of a branch, and the line where it began."""

    tag: str
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def get(self, tag: str) -> str:
        """The text of the first child so named, or an empty text."""
        for child in self.children:
            if child.tag == tag:
                return child.text.strip()
        return ""

    def child(self, tag: str) -> "Element | None":
        """The first child so named."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator["Element"]:
        """The children so named."""
        return (child for child in self.children if child.tag == tag)


def xml_records(
    path: Path,
    encoding: str,
    containers: frozenset[str],
    skipped: frozenset[str],
    limits: Limits,
    faults: Faults,
) -> Iterator[tuple[str, Element]]:
    """(container, record) for every child of the containers below the root, in file order.

    Leaves directly below the root come as ("", leaf) before the container that follows them.
    Elements named in `skipped` are passed over. Raises InputRejected for faulty or cut-off XML.
    """
    scanner = _Scanner(containers, skipped, limits, faults)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            while chunk := stream.read(_CHUNK):
                scanner.feed(chunk, final=False)
                yield from scanner.ready()
            scanner.feed("", final=True)
            yield from scanner.ready()
    except UnicodeError as error:
        raise faults.stop("wrong_encoding") from error


class _Scanner:
    def __init__(
        self,
        containers: frozenset[str],
        skipped: frozenset[str],
        limits: Limits,
        faults: Faults,
    ) -> None:
        self._containers = containers
        self._skipped = skipped
        self._limits = limits
        self._faults = faults
        self._records: deque[tuple[str, Element]] = deque()
        self._path: list[str] = []
        self._open: list[Element] = []
        self._nodes = 0
        self._skip_depth = 0
        self._fed = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self._parser = parser

    def feed(self, chunk: str, *, final: bool) -> None:
        self._fed += len(chunk.encode())
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            raise self._refusal(error) from error
        # expat holds a token until its end: one without end must not gather the whole file.
        if self._fed - self._parser.CurrentByteIndex > self._limits.line_chars:
            raise self._faults.stop("record_too_large", f"L{self._parser.CurrentLineNumber}")

    def _refusal(self, error: expat.ExpatError) -> InputRejected:
        where = f"L{error.lineno}"
        cut_off = expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]
        unclosed = expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]
        if error.code in (cut_off, unclosed):
            return self._faults.stop("xml_truncated", where)
        cause = expat.ErrorString(error.code)
        return self._faults.stop("bad_xml", where, cause=cause)

    def ready(self) -> Iterator[tuple[str, Element]]:
        while self._records:
            yield self._records.popleft()

    def _doctype(self, *_: object) -> None:
        raise self._faults.stop("xml_doctype", f"L{self._parser.CurrentLineNumber}")

    def _start(self, name: str, _attributes: object) -> None:
        tag = name.rpartition(":")[2]
        self._path.append(tag)
        where = f"L{self._parser.CurrentLineNumber}"
        if len(self._path) > self._limits.depth:
            raise self._faults.stop("xml_too_deep", where, limit=self._limits.depth)
        if self._skip_depth or (tag in self._skipped and len(self._path) > 3):
            self._skip_depth += 1
            return
        if len(self._path) < 3 and not self._is_root_leaf():
            return
        if len(self._path) >= 3 and not self._open and self._path[1] not in self._containers:
            return
        self._nodes = self._nodes + 1 if self._open else 1
        if self._nodes > _MAX_NODES_PER_RECORD:
            raise self._faults.stop("record_too_large", where)
        element = Element(tag, self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _is_root_leaf(self) -> bool:
        return len(self._path) == 2 and self._path[1] not in self._containers

    def _end(self, _name: str) -> None:
        if self._skip_depth:
            self._skip_depth -= 1
        elif self._open and len(self._open) == len(self._path) - self._base():
            element = self._open.pop()
            if not self._open:
                container = self._path[1] if len(self._path) > 2 else ""
                if container or not element.children:
                    self._records.append((container, element))
        self._path.pop()

    def _base(self) -> int:
        return 2 if self._path[1:2] and self._path[1] in self._containers else 1

    def _text(self, text: str) -> None:
        if not self._open or self._skip_depth:
            return
        element = self._open[-1]
        if len(element.text) + len(text) <= self._limits.text_chars:
            element.text += text
        elif text.strip():
            where = f"L{self._parser.CurrentLineNumber} {element.tag}"
            raise self._faults.stop("xml_text_too_long", where, limit=self._limits.text_chars)
