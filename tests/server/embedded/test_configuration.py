import pytest

from app.server.embedded.configuration import VOLATILE, configuration_text


def test_changes_replace_defaults_and_values_are_quoted() -> None:
    text = configuration_text(15_432, {**VOLATILE, "cluster_name": r"it's a\b"})
    lines = text.splitlines()
    assert "port = '15432'" in lines
    assert "fsync = 'off'" in lines
    assert "fsync = 'on'" not in lines
    assert r"cluster_name = 'it''s a\\b'" in lines


@pytest.mark.parametrize("changes", [{"Bad Name": "1"}, {"": "1"}, {"a\nb": "1"}, {"a": "1\n2"}])
def test_what_could_carry_another_line_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not the"):
        configuration_text(15_432, changes)
