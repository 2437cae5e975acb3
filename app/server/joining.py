"""Sets up a desk from a join file."""

from pathlib import Path

from app.core.errors import EnvironmentFault
from app.models.engines import connect_postgres
from app.server.invitation import Invitation, authority_pem
from app.sync.atomic import write_atomically
from app.sync.keyring_keys import KeyringKeys
from app.sync.keys import PASSWORD
from app.sync.link_faults import translated
from app.sync.profile import PROFILE_FILE, Profile, is_loopback, new_profile, save_profile
from app.sync.wire import LinkLost
from app.texts import Language

AUTHORITY_FILE = "server-ca.pem"


def join(invitation: Invitation, folder: Path, language: Language) -> Profile:
    """Writes the profile. EnvironmentFault `server.join.exists` where a desk is already.

    A server off this computer must prove who it is (verify-full) with the invited authority.
    """
    if (folder / PROFILE_FILE).exists():
        raise EnvironmentFault("server.join.exists", folder=str(folder))
    authority = ""
    if invitation.certificate_authority:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(folder / AUTHORITY_FILE, authority_pem(invitation))
        authority = str((folder / AUTHORITY_FILE).absolute())
    here = all(is_loopback(host) for host in invitation.hosts)
    profile = new_profile(
        folder,
        invitation.login,
        tuple(invitation.hosts),
        port=invitation.port,
        database=invitation.database,
        sslmode="verify-full" if authority or not here else "prefer",
        sslrootcert=authority,
        language=language,
    )
    profile.addresses()
    save_profile(profile)
    return profile


def leave(profile: Profile) -> None:
    """Undoes `join`."""
    for name in (PROFILE_FILE, AUTHORITY_FILE):
        (profile.folder / name).unlink(missing_ok=True)


def try_login(profile: Profile, password: str) -> None:
    """Logs in once at the first address that answers. EnvironmentFault with the link's words."""
    fault: Exception | None = None
    for address in profile.addresses():
        try:
            connect_postgres(address, password).close()
        except Exception as error:  # noqa: BLE001 - translated into words below
            fault = translated(error)
        else:
            return
    if isinstance(fault, LinkLost):
        raise EnvironmentFault(fault.reason.text_id, **fault.reason.parameters) from fault
    if fault is not None:
        raise fault


def keep_password(profile: Profile, password: str) -> bool:
    """Keeps the password in the computer's keyring; False where there is none."""
    try:
        KeyringKeys(str(profile.profile_id)).save(PASSWORD, password)
    except EnvironmentFault:
        return False
    return True
