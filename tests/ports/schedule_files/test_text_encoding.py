from pathlib import Path

import pytest

from app.ports.schedule_files.text_encoding import detect_encoding

CHINESE = "三号码头沉箱预制与安装，混凝土浇筑。" * 3


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain", "utf-8"),
        (CHINESE.encode("utf-8"), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8-sig"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16"),
        (CHINESE.encode("gb18030"), "gb18030"),
        ("Fertigstellung Bauabschnitt: Gründung, Überbau £\t".encode("cp1252"), "cp1252"),
        ("élément coulé sur place, béton armé".encode("cp1252"), "cp1252"),
        (b"\xef\xbb\xbf\xff\xff", None),
        (b"\x81\xff\x8d\x8f", None),
    ],
)
def test_encodings_are_told_from_bytes(
    tmp_path: Path, content: bytes, encoding: str | None
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert detect_encoding(path) == encoding


def test_a_sign_cut_by_a_chunk_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"a" * ((1 << 20) - 1) + "测试".encode("gb18030"))
    assert detect_encoding(path) == "gb18030"
