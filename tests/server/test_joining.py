"""A join file becomes a desk that can log in."""

from pathlib import Path

import msgspec
import pytest

from app.core.errors import EnvironmentFault
from app.server.invitation import Invitation
from app.server.joining import AUTHORITY_FILE, join, leave, try_login
from app.sync.profile import load_profile
from tests.server.authorities import certificate
from tests.servers import Server


def invitation(server: Server) -> Invitation:
    return Invitation(
        login="qin.qiong",
        hosts=[server.running.host],
        port=server.running.port,
        database=server.database,
        certificate_authority="",
    )


def test_join_and_log_in(server: Server, tmp_path: Path) -> None:
    password = server.add_person("qin.qiong")
    folder = tmp_path / "desk"
    profile = join(invitation(server), folder, "zh_CN")
    assert load_profile(folder) == profile
    try_login(profile, password)
    with pytest.raises(EnvironmentFault) as caught:
        try_login(profile, "not the password")
    assert caught.value.reason.text_id == "sync.wrong_password"
    assert password not in (folder / "profile.toml").read_text(encoding="utf-8")
    with pytest.raises(EnvironmentFault) as caught:
        join(invitation(server), folder, "zh_CN")
    assert caught.value.reason.text_id == "server.join.exists"
    leave(profile)
    join(invitation(server), folder, "en")


def test_a_server_elsewhere_must_prove_who_it_is(server: Server, tmp_path: Path) -> None:
    pem = certificate()
    elsewhere = msgspec.structs.replace(
        invitation(server), hosts=["db.example.com"], certificate_authority=pem
    )
    profile = join(elsewhere, tmp_path / "desk", "zh_CN")
    (address,) = profile.addresses()
    assert address.sslmode == "verify-full"
    assert address.sslrootcert == str(tmp_path / "desk" / AUTHORITY_FILE)
    assert Path(address.sslrootcert).read_text(encoding="ascii") == pem


def test_an_authority_counts_on_this_computer_too(server: Server, tmp_path: Path) -> None:
    proving = msgspec.structs.replace(invitation(server), certificate_authority=certificate())
    profile = join(proving, tmp_path / "desk", "zh_CN")
    with pytest.raises(EnvironmentFault) as caught:
        try_login(profile, "whatever")
    assert caught.value.reason.text_id == "sync.tls_failed"
