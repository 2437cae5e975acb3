"""Secrets with a password that was typed for this session."""

from app.sync.keys import PASSWORD, KeyStore


class SessionKeys:
    """The secrets of a store; a password typed now goes before the one kept there."""

    def __init__(self, keys: KeyStore, password: str | None = None) -> None:
        self._keys = keys
        self._password = password

    def use_password(self, password: str, *, remember: bool) -> None:
        """Takes a password for this session, and keeps it in the store if that is wanted."""
        self._password = password
        if remember:
            self._keys.save(PASSWORD, password)
        else:
            self._keys.forget(PASSWORD)

    def load(self, name: str) -> str | None:
        """A secret."""
        if name == PASSWORD and self._password is not None:
            return self._password
        return self._keys.load(name)

    def save(self, name: str, secret: str) -> None:
        """Keeps a secret."""
        self._keys.save(name, secret)

    def forget(self, name: str) -> None:
        """Removes a secret, also from this session."""
        if name == PASSWORD:
            self._password = None
        self._keys.forget(name)
