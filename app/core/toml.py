"""Small TOML files of people and administrators: read whole or refused, whatever is in them."""

import tomllib
from typing import Any, Final

LONGEST: Final = 64 * 1024
"""Bytes of the largest file that is taken."""

_LONGEST_DETAIL: Final = 200


class NotToml(Exception):
    """The content is no TOML; the text is the parser's word for it, at most 200 characters."""


def parse_toml(content: bytes) -> dict[str, Any]:
    """The tables of a file's content, at most `LONGEST` bytes of UTF-8. NotToml otherwise."""
    if len(content) > LONGEST:
        # Read in part it could still be sound, and say something else than the whole.
        raise NotToml(f"> {LONGEST // 1024} KiB")
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        # ValueError: also of another encoding, and of a number with thousands of digits.
        raise NotToml(str(error)[:_LONGEST_DETAIL]) from None
