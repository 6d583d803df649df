"""A list of users as the task takes it that goes over it: item by item, where its loop can be unrolled."""

from grantlint.model.location import Source
from grantlint.reader.formats.ansible.calls import Caller
from grantlint.reader.formats.ansible.course import Course
from grantlint.reader.formats.ansible.lists.items import UserList, read_list
from grantlint.reader.formats.ansible.lists.takers import files_over, takings
from grantlint.reader.formats.ansible.servers import Servers, login_of
from grantlint.reader.formats.ansible.values.loops import loop_of
from grantlint.reader.formats.ansible.values.nodes import Unknown
from grantlint.reader.formats.ansible.values.variables import FileScope, Scope


def read_as_taken(users: UserList, source: Source, servers: Servers) -> None:
    """Add the accounts of a list of this file. Where no task tells them, what well-known roles make of it."""
    users = users._replace(files=files_over(users.name, source))
    if users.files.unread is not None or not _by_tasks(users, servers):
        read_list(users, servers)


def _by_tasks(users: UserList, servers: Servers) -> bool:
    """Add what tasks make of a list. False, with nothing added, where they stand in several files or cannot tell."""
    found = [*takings(users.name, users.files)]
    if len({taking.source.path for taking in found}) != 1:
        return False
    source = found[0].source
    scope = Scope({users.name: users.value}, users.scope, beyond=FileScope(source))
    for taking in found:
        loop = loop_of(taking.task, source, scope)
        if loop is None or isinstance(loop.turns, Unknown) or any(isinstance(turn, Unknown) for turn in loop.turns):
            return False
    caller = Caller(source, servers, taken=users.value.node)
    course = Course([], (source.path,))
    for call, task, _ in found:
        server = (*users.server, *login_of(call.arguments, task))
        caller.declare(call, task, scope, server, at=course.at(task))
    return True
