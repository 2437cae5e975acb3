"""Pinyin of Chinese names, so that people can search by initials: "hyt" finds 花园亭."""

from functools import cache
from itertools import islice, product
from typing import Final

MOST_READINGS: Final = 8
LONGEST: Final = 60


@cache
def _readings(sign: str) -> tuple[str, ...]:
    # Loading the dictionary costs a quarter of a second; only a first search pays it.
    from pypinyin import Style, pinyin

    found = pinyin(sign, style=Style.NORMAL, heteronym=True)
    return (
        tuple(dict.fromkeys(reading.lower() for reading in found[0])) if found else (sign.lower(),)
    )


@cache
def _letters(sign: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in _readings(sign)))


def initials(words: str) -> str:
    """First letters in the usual reading, other signs as they are: "滨江2期" gives "bj2q"."""
    return "".join(_readings(sign)[0][0] for sign in words[:LONGEST] if not sign.isspace())


def all_initials(words: str) -> frozenset[str]:
    """First letters in up to eight combinations of readings: 重 is z(hong) and c(hong)."""
    letters = [_letters(sign) for sign in words[:LONGEST] if not sign.isspace()]
    return frozenset(map("".join, islice(product(*letters), MOST_READINGS)))


def full(words: str) -> str:
    """The whole pinyin in the usual reading, without tones and spaces: 花园 gives "huayuan"."""
    return "".join(_readings(sign)[0] for sign in words[:LONGEST] if not sign.isspace())


def score(wanted: str, words: str) -> int:
    """How well typing fits a name: 0 not at all, up to 100 for the name itself.

    Fits a part of the words in any case, of the initials in any reading, or of the whole pinyin.
    """
    typed = "".join(wanted.split()).casefold()
    bare = "".join(words.split()).casefold()
    if not typed or not bare:
        return 0
    if typed in bare:
        return 100 if typed == bare else 90 if bare.startswith(typed) else 80
    if not typed.isascii():
        return 0
    spelt = all_initials(words)
    if any(letters.startswith(typed) for letters in spelt):
        return 70
    if any(typed in letters for letters in spelt):
        return 60
    spoken = full(words)
    return 50 if spoken.startswith(typed) else 40 if len(typed) > 1 and typed in spoken else 0
