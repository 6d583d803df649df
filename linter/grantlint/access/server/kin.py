"""The installations that one declared server is judged as, and which of them decide it alike.

It is told when a table is asked for, or a rule about several accounts: most servers in a repository need neither.
"""

from collections.abc import Sequence

from grantlint.access.server.server import Server


class Allowance:
    """The units left for the proofs of all servers of a run.

    Units are those of `cover.budget`.
    """

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = 800_000  # as much as four servers may take: under ten seconds of CPython 3.11


class Kin:
    """One declared server as each installation it is judged as.

    Those that decide alike share their tables.
    """

    __slots__ = ("_alike", "_firsts", "allowance", "servers")

    def __init__(self, servers: Sequence[Server], allowance: Allowance | None = None) -> None:
        self.servers = servers
        self.allowance = allowance or Allowance()
        self._firsts: dict[int, tuple[Server, Server]] = {}
        self._alike: tuple[tuple[Server, tuple[str, ...]], ...] = ()

    @property
    def alike(self) -> tuple[tuple[Server, tuple[str, ...]], ...]:
        """One server for each way to decide.

        Each comes with the labels of all that decide so.
        """
        if not self._alike:
            self._tell_apart()
        return self._alike

    def of_rows(self, server: Server) -> Server:
        """Return the first installation that decides rows as this one does."""
        return self._first(server)[0]

    def of_all(self, server: Server) -> Server:
        """Return the first installation that decides all as this one does.

        All is rows, grants and logins.
        """
        return self._first(server)[1]

    def _first(self, server: Server) -> tuple[Server, Server]:
        if not self._firsts:
            self._tell_apart()
        return self._firsts[id(server)]

    def _tell_apart(self) -> None:
        servers = self.servers
        if len(servers) == 1:
            (only,) = servers
            self._firsts[id(only)] = (only, only)
            self._alike = ((only, (only.installation.target.label,)),)
            return
        from grantlint.access.server.alike import Contents, likeness  # noqa: PLC0415 - for several products alone

        targets = [server.installation.target for server in servers]
        declared = {id(server.declared): server.declared for server in servers}
        contents = {key: Contents.of(one, targets) for key, one in declared.items()}
        rows: dict[object, Server] = {}
        every: dict[object, tuple[Server, list[str]]] = {}
        for server in servers:
            of = id(server.declared)
            key = likeness(contents[of], server.installation)
            first, labels = every.setdefault((of, key), (server, []))
            labels.append(server.installation.target.label)
            self._firsts[id(server)] = (rows.setdefault((of, key.rows), server), first)
        self._alike = tuple([(server, tuple(labels)) for server, labels in every.values()])
