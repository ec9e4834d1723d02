"""A PostgreSQL server of the tests' own, on a free loopback port in a temporary directory."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

USER = "verbatim"
# Not a secret: the server trusts everybody on loopback. It is there to be found wherever a URL leaks.
PASSWORD = "swordfish"  # noqa: S105


class NoPostgres(Exception):  # noqa: N818 - reads as the reason of a skip
    """Why no server can be started here."""


class PostgresServer:
    """One server: made by `create`, started and stopped as often as a test likes, removed by `remove`.

    PostgreSQL refuses to run as root; then everything is done as the user `postgres` or `nobody`.
    """

    def __init__(self) -> None:
        self._binaries = _binaries()
        self._as_user, owner = _unprivileged()
        self._folder = Path(tempfile.mkdtemp(prefix="verbatim-postgres-"))
        if owner is not None:
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        self._databases = 0
        self.port = _free_port()

    def create(self) -> None:
        self._run(
            "initdb", "-D", self._data, "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync"
        )

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -c unix_socket_directories='' -F"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", self._data, "-w", "-t", "30", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop: "fast" closes connections politely, "immediate" is a crash."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", mode, "stop")

    def remove(self) -> None:
        if (self._folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_database(self) -> str:
        """Make an empty database; its URL."""
        self._databases += 1
        name = f"test_{self._databases}"
        self._run("createdb", *self._address, name)
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        self._run("dropdb", *self._address, "--force", "--if-exists", url.rpartition("/")[2])

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    @property
    def _address(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self.port), "-U", USER)

    def _run(self, program: str, *arguments: str) -> None:
        # Into a file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [*self._as_user, str(self._binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                check=False,
            )
            output.seek(0)
            assert done.returncode == 0, f"{program} failed: {output.read().decode(errors='replace')}"


def _binaries() -> Path:
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).parent)
    if not found:
        raise NoPostgres("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return max(found, key=lambda folder: (folder.parent.name.isdigit(), folder.parent.name.zfill(3)))


def _unprivileged() -> tuple[list[str], pwd.struct_passwd | None]:
    """Return what to put before a command so that it does not run as root, and as whom it then runs."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if setpriv := shutil.which("setpriv"):
            return [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"], user
        if runuser := shutil.which("runuser"):
            return [runuser, "-u", name, "--"], user
    raise NoPostgres("PostgreSQL does not run as root, and there is no other user to run it as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
