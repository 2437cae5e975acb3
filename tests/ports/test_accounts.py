"""Names of accounts: dated, with a source, and said to be unverified where nobody checked."""

import re

import msgspec
import pytest

from app.ports.accounts import accounts
from app.services.ledger.content import LineOf


def test_every_account_can_be_booked_on() -> None:
    for account in accounts():
        line = msgspec.convert({"account": account.code, "debit": "1"}, LineOf)
        assert line.account == account.code


def test_names_and_sources() -> None:
    codes = [account.code for account in accounts()]
    assert codes == sorted(set(codes))
    assert {"1001", "1002", "2202", "5401.01"} <= set(codes)
    for account in accounts():
        assert account.source
        assert re.search(r"[一-鿿]", account.name_zh)
        assert not re.search(r"[一-鿿]", account.name_en)
        assert not account.verified


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_names_are_unique_in_a_language(language: str) -> None:
    names = [account.name(language) for account in accounts()]
    assert len(set(names)) == len(names)
