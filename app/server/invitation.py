"""The join file: where the server is and how it proves who it is. It holds no password."""

import hashlib
import ipaddress
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.errors import EnvironmentFault, Finding, InputRejected, Reason
from app.sync.profile import is_loopback

FORMAT = "gantry-join"
VERSION = 1
LONGEST_FILE = 128 * 1024
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z")
_LOGIN = re.compile(r"[a-z][a-z0-9_.]{1,62}")
_DATABASE = re.compile(r"[A-Za-z0-9_.-]{1,63}")
_MOST_HOSTS = 8
_LAST_PORT = 65_535


class Invitation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a desk needs to join. `certificate_authority` is PEM, empty on the server's own
    computer; `fingerprint` covers every other field."""

    format: str = FORMAT
    version: int = VERSION
    company: str = ""
    login: str
    hosts: list[str]
    port: int
    database: str
    certificate_authority: str
    fingerprint: str = ""


def fingerprint(invitation: Invitation) -> str:
    """SHA-256 over all other fields, in groups that two people can compare by telephone."""
    fields = msgspec.structs.replace(invitation, fingerprint="")
    digest = hashlib.sha256(msgspec.json.encode(fields, order="sorted")).hexdigest()[:32]
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def sealed(invitation: Invitation) -> Invitation:
    """The invitation with its fingerprint. InputRejected when it could not be accepted."""
    whole = msgspec.structs.replace(invitation, fingerprint=fingerprint(invitation))
    _reject(list(_findings(whole)))
    return whole


def write_invitation(invitation: Invitation) -> str:
    """The text of a join file."""
    packed = msgspec.json.encode(sealed(invitation))
    return msgspec.json.format(packed, indent=2).decode("utf-8") + "\n"


def read_invitation(path: Path) -> Invitation:
    """Reads and checks a join file. EnvironmentFault when it cannot be opened; InputRejected with
    every finding."""
    try:
        with path.open("rb") as source:
            content = source.read(LONGEST_FILE + 1)
    except OSError as error:
        why = error.strerror or str(error)
        raise EnvironmentFault("server.join.no_file", file=str(path), why=why) from error
    if len(content) > LONGEST_FILE:
        _reject([Finding(Reason("server.join.too_large", {"limit": LONGEST_FILE // 1024}))])
    return parse_invitation(content)


def parse_invitation(content: bytes) -> Invitation:
    """The checked invitation in the bytes of a join file. InputRejected with every finding."""
    try:
        found = msgspec.json.decode(content, type=Invitation)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        why = str(error)[:200]
        raise InputRejected((Finding(Reason("server.join.unreadable", {"why": why})),)) from None
    _reject(list(_findings(found)))
    return found


def _reject(findings: list[Finding]) -> None:
    if findings:
        raise InputRejected(tuple(findings))


def _findings(found: Invitation) -> Iterator[Finding]:
    if found.format != FORMAT or found.version != VERSION:
        yield Finding(Reason("server.join.other_format"), "format")
        return
    if found.fingerprint != fingerprint(found):
        yield Finding(Reason("server.join.damaged"), "fingerprint")
    if not _LOGIN.fullmatch(found.login):
        yield _bad("login", found.login)
    if not 1 <= len(found.hosts) <= _MOST_HOSTS:
        yield _bad("hosts", str(len(found.hosts)))
    yield from (_bad("hosts", host) for host in found.hosts if not _is_host(host))
    if not 0 < found.port <= _LAST_PORT:
        yield _bad("port", str(found.port))
    if not _DATABASE.fullmatch(found.database):
        yield _bad("database", found.database)
    yield from _certificate_findings(found)


def _bad(field: str, value: str) -> Finding:
    return Finding(Reason("server.join.bad_value", {"value": value[:80]}), field)


def _is_host(host: str) -> bool:
    if "%" in host:
        # A scope of an address may hold a comma, and libpq would take what follows for a host.
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None
    return True


def _certificate_findings(found: Invitation) -> Iterator[Finding]:
    field = "certificate_authority"
    if not found.certificate_authority:
        if not all(is_loopback(host) for host in found.hosts):
            yield Finding(Reason("server.join.no_certificate"), field)
        return
    try:
        authorities = x509.load_pem_x509_certificates(found.certificate_authority.encode("ascii"))
    except ValueError:
        yield Finding(Reason("server.join.bad_certificate"), field)
        return
    for authority in authorities:
        if not _is_authority(authority):
            yield Finding(Reason("server.join.not_an_authority"), field)
        if authority.not_valid_after_utc < datetime.now(UTC):
            until = authority.not_valid_after_utc.date().isoformat()
            yield Finding(Reason("server.join.certificate_expired", {"until": until}), field)


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def authority_pem(invitation: Invitation) -> bytes:
    """The certificates alone, written anew: nothing else of the file reaches the disk."""
    authorities = x509.load_pem_x509_certificates(invitation.certificate_authority.encode("ascii"))
    return b"".join(authority.public_bytes(Encoding.PEM) for authority in authorities)
