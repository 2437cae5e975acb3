import pytest

from app.server.embedded.scram import random_password, scram_verifier


def test_verifier_of_the_worked_example() -> None:
    """RFC 7677, section 3: user "user", password "pencil"; the keys follow from its exchange."""
    import base64

    salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    assert scram_verifier("pencil", salt, 4096) == (
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
        "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    )


def test_each_verifier_has_its_own_salt() -> None:
    assert scram_verifier("same") != scram_verifier("same")


@pytest.mark.parametrize("password", ["密码", "a\nb", "tab\t"])
def test_passwords_that_saslprep_might_change_are_refused(password: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        scram_verifier(password)


def test_passwords_are_long_and_never_twice_the_same() -> None:
    passwords = {random_password() for _ in range(100)}
    assert len(passwords) == 100
    assert all(len(password) >= 43 for password in passwords)
