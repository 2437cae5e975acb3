"""A desk of the black box: a profile folder, and processes on it that may be killed."""

import contextlib
import json
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.blackbox.asked import Asked, Ledger
from tests.blackbox.clerk import Clerk
from tests.blackbox.links import Line
from tests.blackbox.pen import Command
from tests.blackbox.programs import Gantry, Ran, say

MOST_LINES: Final = 60
STUCK_S: Final = 300.0
HEALING_TRIES: Final = 6


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person with a login."""

    login: str
    password: str
    passphrase: str
    job: str


class Desk:
    """One profile of a person, behind a line of its own."""

    def __init__(
        self, folder: Path, person: Colleague, line: Line, ledger: Ledger, rng: Random
    ) -> None:
        self.folder = folder
        self.person = person
        self.line = line
        self.name = folder.name
        self.kills: Counter[str] = Counter()
        self.complaints: Counter[str] = Counter()
        self.stuck: list[str] = []
        self._ledger = ledger
        self._rng = rng
        self._gantry = Gantry(folder.with_suffix(".log"))
        self.clerk = Clerk(self.name, rng, person.job)

    def join(self, invitation: str) -> None:
        """Sets the desk up with a join file."""
        file = self.folder.with_suffix(".join")
        file.write_text(invitation, encoding="utf-8")
        words = ["join", str(file), "--profile", str(self.folder)]
        self._gantry.must(words, {"--password-fd": self.person.password})
        assert self.sync(30), f"{self.name} cannot fetch its first rows"

    def work(self, until: float) -> None:
        """Issues commands until a moment of the monotonic clock; its processes die at random."""
        while time.monotonic() < until:
            if not self.clerk.projects or self._rng.random() < 0.8:
                self._look()
            turn = self._rng.random()
            if turn < 0.7:
                self._many(until)
            elif turn < 0.85:
                self._one()
            else:
                self._sync_and_kill()

    def sync(self, wait: float) -> bool:
        """Whether all was answered and fetched."""
        return self._run("sync", "--wait", str(wait)).code == 0

    def heal(self) -> bool:
        """Whether nothing waits any more, now that nothing is in the way."""
        return any(self.sync(30) for _ in range(HEALING_TRIES))

    def issue(self, *commands: Command) -> list[str]:
        """Issues commands in peace and waits for the server; their op_ids."""
        with self._running("do", "--lines", "--wait", "60") as process:
            for command in commands:
                assert self._exchange(process, command), command
            _let_end(process)
        issued = self._ledger.all()[-len(commands) :]
        return [str(asked.op_id) for asked in issued]

    def show(self, *words: str) -> list[dict[str, Any]]:
        """The rows that the desk shows, without asking the server; none where it says why not."""
        found = self._run("show", *words, "--offline").json()
        if isinstance(found, list):
            return found
        if "entries" in found:
            entries: list[dict[str, Any]] = found["entries"]
            return entries
        self.complaints[f"show: {found['error']['id']}"] += 1
        return []

    def status(self) -> dict[str, Any]:
        """How the desk is doing, without asking the server."""
        found: dict[str, Any] = self._run("status", "--offline").json()
        return found

    def _options(self) -> list[str]:
        return ["--profile", str(self.folder), "--json"]

    def _secrets(self) -> dict[str, str]:
        return {"--password-fd": self.person.password, "--key-fd": self.person.passphrase}

    def _run(self, *words: str) -> Ran:
        return self._gantry.run([*words, *self._options()], self._secrets())

    @contextlib.contextmanager
    def _running(self, *words: str) -> Iterator["subprocess.Popen[str]"]:
        """A process that is killed if it has not ended after a long time, which is told."""
        process = self._gantry.start([*words, *self._options()], self._secrets())
        alarm = threading.Timer(STUCK_S, self._end_stuck, (process, words[0]))
        alarm.start()
        try:
            yield process
        finally:
            alarm.cancel()
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                assert stream is not None
                with contextlib.suppress(OSError):
                    stream.close()

    def _end_stuck(self, process: "subprocess.Popen[str]", what: str) -> None:
        self.stuck.append(f"{self.name}: gantry {what}")
        process.kill()

    def _look(self) -> None:
        rows = self.show("projects")
        self.clerk.see(rows)
        if rows:
            project, works = self._rng.choice(rows), self.clerk.works
            for work in self._rng.sample(works, min(2, len(works))):
                work.see(project["id"], self.show(work.query, "--project", project["code"]))

    def _ask(self, command: Command) -> Asked:
        kind, payload = command
        return self._ledger.ask(Asked(self.name, self.person.login, kind, payload))

    def _hear(self, asked: Asked, said: dict[str, Any]) -> None:
        if "error" in said:
            asked.fault = said["error"]["id"]
            self.complaints[f"{asked.kind}: {asked.fault}"] += 1
            return
        asked.op_id = said["op_id"]
        self.clerk.saved(asked.kind, asked.payload)

    def _many(self, until: float) -> None:
        offline = ["--offline"] if self._rng.random() < 0.4 else []
        fated = self._rng.random() < 0.5
        with self._running("do", "--lines", "--wait", "8", *offline) as process:
            assert process.stdout is not None
            for _ in range(self._rng.randrange(1, MOST_LINES)):
                if time.monotonic() > until:
                    break
                if not self._exchange(process, self.clerk.next()):
                    return
                if self._rng.random() < 0.1:
                    time.sleep(self._rng.random() * 0.2)
            if fated:
                self._doom(process, "do", self._rng.random() * 0.05)
                self._exchange(process, self.clerk.next())
            _let_end(process)

    def _exchange(self, process: "subprocess.Popen[str]", command: Command) -> bool:
        asked = self._ask(command)
        line = json.dumps({"kind": asked.kind, "payload": asked.payload}, ensure_ascii=False)
        if not say(process, line):
            return False
        assert process.stdout is not None
        answer = process.stdout.readline()
        if not answer.endswith("\n"):
            return False
        self._hear(asked, json.loads(answer))
        return True

    def _one(self) -> None:
        asked = self._ask(self.clerk.next())
        payload = json.dumps(asked.payload, ensure_ascii=False)
        with self._running("do", asked.kind, payload, "--wait", "3") as process:
            if self._rng.random() < 0.6:
                self._doom(process, "do", 0.3 + self._rng.random() * 2)
            assert process.stdout is not None
            answer = process.stdout.readline()
            _let_end(process)
        if answer.endswith("\n"):
            self._hear(asked, json.loads(answer))

    def _sync_and_kill(self) -> None:
        with self._running("sync", "--wait", "10") as process:
            self._doom(process, "sync", 0.3 + self._rng.random() * 2)
            _let_end(process)

    def _doom(self, process: "subprocess.Popen[str]", what: str, after_s: float) -> None:
        def kill() -> None:
            if process.poll() is None:
                process.kill()
                self.kills[what] += 1

        threading.Timer(after_s, kill).start()


def _let_end(process: "subprocess.Popen[str]") -> None:
    with contextlib.suppress(OSError):
        process.communicate()
