"""Which encoding a text file is in, found from its bytes, without holding the file in memory."""

import codecs
from pathlib import Path

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE_SHARE = 0.8


def detect_encoding(path: Path) -> str | None:
    """utf-8-sig, utf-16, utf-8, gb18030 or cp1252; None when no one of them fits every byte.

    Chinese Windows writes GBK and western Windows cp1252 with nothing to tell them apart. Accented
    western letters read as GBK give rare characters, real Chinese text gives those of GB 2312.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name if _fits(path, name) else None
    if _fits(path, "utf-8"):
        return "utf-8"
    if _fits(path, "gb18030") and _chinese_share(path) >= _CHINESE_SHARE:
        return "gb18030"
    return "cp1252" if _fits(path, "cp1252") else None


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _chinese_share(path: Path) -> float:
    decoder = codecs.getincrementaldecoder("gb18030")("strict")
    seen = common = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            beyond = "".join(c for c in decoder.decode(chunk) if c > "\x7f")
            seen += len(beyond)
            common += len(beyond.encode("gb2312", "ignore")) // 2
    return common / seen if seen else 0.0
