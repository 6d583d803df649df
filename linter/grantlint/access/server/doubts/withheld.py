"""Why a client that is let in lacks what was asked for: a grant, a switch of the server, the client's own age."""

from collections.abc import Sequence

from grantlint.access.causes import Cause
from grantlint.access.causes.cause import yes
from grantlint.access.causes.rights import lacking
from grantlint.access.grants.rights import rights
from grantlint.access.server.server import Server
from grantlint.access.server.winner import OFFLINE, Question, Winner


def withheld(server: Server, winner: Winner, question: Question) -> Sequence[Cause]:
    """Return the causes for which a winner lacks something. () where it lacks nothing."""
    row = winner.row
    if winner.lacks_plugin:
        title, why = "the client does not know the plugin of the account", f"{row} logs in by {winner.lacks_plugin}"
        change = f"a newer client, or ALTER USER {row} IDENTIFIED WITH a plugin that it knows"
        return [yes("client-plugin", title, why, change)]
    if winner.error == OFFLINE:
        spared = server.installation.target.traits.writes_while_read_only[-1]
        change = f"SET GLOBAL offline_mode = OFF, or GRANT {spared} ON *.* TO {row}"
        return [yes("offline-mode", "the server lets administrators in alone", "offline_mode is on", change)]
    unknown = {one.privilege for one in winner.asked if one.unknown}
    missing = tuple([name for name in winner.lacking if name not in unknown])
    if winner.error is None and not missing:
        if not winner.held_back:
            return ()
        why = f"read_only is on, and {', '.join(winner.held_back)} writes"
        change = "ask the server that takes writes (a replica does not), or SET GLOBAL read_only = OFF"
        return [yes("read-only", "the server takes no writes", why, change)]
    if winner.any_of:  # the smallest that the server has: SUPER stands first, and the one that replaces it last
        missing = missing[-1:]
    session = server.session(row.user, row.host, question.client)
    held = rights(session)
    return lacking(session, missing, question.place, held)
