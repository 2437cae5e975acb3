"""Puts other texts into the free text fields of a command's payload, wherever its type has one."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import inspect

Change = Callable[[str, int | None], str]
"""What becomes of a text in a field that takes so many characters at most."""

HOSTILE: Final = "'); drop table project; --\\ {} {0} %s %(x)s :x ${x} <b>\t\"`=1+1"


def hostile(words: str, most: int | None) -> str:
    """A text that is an attack on SQL, on formats and on markup, and tells from which it was made:
    the same from the same. Empty stays empty, and so do the names of fields."""
    if not words or (words.isascii() and words.isidentifier()):
        return words
    made = f"{words[:8]}{HOSTILE}"
    return made if most is None else made[:most]


def changed(kind: type, payload: Mapping[str, Any], change: Change) -> Any:
    """The payload of a command of this kind with every free text changed."""
    return _changed(inspect.type_info(kind), payload, change)


def _changed(kind: Any, value: Any, change: Change) -> Any:
    if isinstance(kind, inspect.UnionType):
        return _changed_union(kind, value, change)
    if isinstance(kind, inspect.AnyType) and isinstance(value, str):
        return change(value, None)
    if isinstance(kind, inspect.StrType) and isinstance(value, str):
        return value if kind.pattern else change(value, kind.max_length)
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        types = {field.encode_name: field.type for field in kind.fields}
        return {
            name: _changed(types[name], inner, change) if name in types else inner
            for name, inner in value.items()
        }
    if isinstance(kind, inspect.DictType) and isinstance(value, dict):
        return {name: _changed(kind.value_type, inner, change) for name, inner in value.items()}
    if isinstance(value, list):
        return [_changed(inner, one, change) for inner, one in _items(kind, value)]
    return value


def _changed_union(kind: inspect.UnionType, value: Any, change: Change) -> Any:
    for one in kind.types:
        after = _changed(one, value, change)
        if after != value:
            return after
    return value


def _items(kind: Any, value: list[Any]) -> Iterator[tuple[Any, Any]]:
    if isinstance(kind, inspect.TupleType):
        yield from zip(kind.item_types, value, strict=True)
        return
    inner = getattr(kind, "item_type", inspect.AnyType())
    yield from ((inner, one) for one in value)


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a payload or of a row, at whatever depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
