from pathlib import Path

import pytest

from app.ports.schedule_files.faults import DEFAULT_LIMITS, Faults, Limits
from app.ports.schedule_files.xml_records import Element, xml_records
from tests.ports.schedule_files.findings import refused


def read(
    folder: Path, text: str | bytes, limits: Limits = DEFAULT_LIMITS, encoding: str = "utf-8"
) -> list[tuple[str, Element]]:
    path = folder / "file.xml"
    path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
    containers, skipped = frozenset({"Tasks"}), frozenset({"Junk"})
    return list(xml_records(path, encoding, containers, skipped, limits, Faults()))


def test_leaves_of_the_root_and_records_of_containers(tmp_path: Path) -> None:
    text = (
        "<Project><Name>码头 &amp; 堆场</Name><Views><View><A>1</A></View></Views>\n"
        "<Tasks><Task><UID>1</UID><Link><To>2</To></Link><Link><To>3</To></Link>"
        "<Junk><UID>9</UID></Junk></Task></Tasks><Last>x</Last></Project>"
    )
    records = read(tmp_path, text)
    assert [(container, element.tag) for container, element in records] == [
        ("", "Name"),
        ("Tasks", "Task"),
        ("", "Last"),
    ]
    assert records[0][1].text == "码头 & 堆场"
    task = records[1][1]
    assert (task.line, task.get("UID"), task.get("None")) == (2, "1", "")
    assert [link.get("To") for link in task.all("Link")] == ["2", "3"]
    assert task.child("Link") is not None
    assert task.child("Junk") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_declared_encoding_does_not_matter(tmp_path: Path, encoding: str) -> None:
    text = '<?xml version="1.0" encoding="GB2312"?><Project><Name>码头</Name></Project>'
    assert read(tmp_path, text, encoding=encoding)[0][1].text == "码头"


def test_prefixed_names_lose_their_prefix(tmp_path: Path) -> None:
    text = '<p:Project xmlns:p="x"><p:Tasks><p:Task/></p:Tasks></p:Project>'
    assert read(tmp_path, text)[0][1].tag == "Task"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('<!DOCTYPE P [<!ENTITY a "b">]><P>&a;</P>', "xml_doctype"),
        ('<!DOCTYPE P SYSTEM "file:///etc/passwd"><P/>', "xml_doctype"),
        ("<Project><Name>x", "xml_truncated"),
        ("<Project", "xml_truncated"),
        ("<Project></Other>", "bad_xml"),
        ("<Project>&unknown;</Project>", "bad_xml"),
        ("<Project>\x00</Project>", "bad_xml"),
        ("<a>" * 40, "xml_too_deep"),
        ("<P><Tasks><Task><A>" + "x" * 5000 + "</A></Task></Tasks></P>", "xml_text_too_long"),
    ],
)
def test_hostile_or_broken_xml_is_refused_in_words(tmp_path: Path, text: str, finding: str) -> None:
    assert [name for _, name in refused(lambda: read(tmp_path, text))] == [finding]


def test_a_record_that_swells_is_refused(tmp_path: Path) -> None:
    text = "<P><Tasks><Task>" + "<A/>" * 100_001 + "</Task></Tasks></P>"
    assert refused(lambda: read(tmp_path, text))[0][1] == "record_too_large"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    assert refused(lambda: read(tmp_path, b"<P>\xff</P>")) == [("", "wrong_encoding")]


def test_a_token_without_end_does_not_gather_the_whole_file(tmp_path: Path) -> None:
    text = '<P a="' + "x" * 300_000 + '"><Name>n</Name></P>'
    assert read(tmp_path, text)
    found = refused(lambda: read(tmp_path, text, Limits(line_chars=100_000)))
    assert found == [("L1", "record_too_large")]


def test_white_space_is_not_gathered(tmp_path: Path) -> None:
    text = "<P><Tasks><Task>" + " " * 300_000 + "<UID>1</UID></Task></Tasks></P>"
    ((_, task),) = read(tmp_path, text)
    assert len(task.text) <= DEFAULT_LIMITS.text_chars
    assert task.get("UID") == "1"
