"""SCRAM-SHA-256 verifiers, so that PostgreSQL never gets to see a password in clear text."""

import base64
import hashlib
import hmac
import secrets

ITERATIONS = 4096
_SALT_BYTES = 16
_PASSWORD_BYTES = 32


def random_password() -> str:
    """A password of 256 random bits, in ASCII letters, digits, `-` and `_`."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


def scram_verifier(password: str, salt: bytes | None = None, iterations: int = ITERATIONS) -> str:
    """What `pg_authid.rolpassword` holds for `password` (RFC 5802, section 3).

    `password` must be ASCII, for which SASLprep changes nothing: ValueError otherwise.
    """
    if not password.isascii() or not password.isprintable():
        raise ValueError("only printable ASCII: SASLprep is not applied")
    salt = secrets.token_bytes(_SALT_BYTES) if salt is None else salt
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, iterations)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    stored_key = hashlib.sha256(client_key).digest()
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    return (
        f"SCRAM-SHA-256${iterations}:{_encoded(salt)}${_encoded(stored_key)}:{_encoded(server_key)}"
    )


def _encoded(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
