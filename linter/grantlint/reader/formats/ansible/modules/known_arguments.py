"""What the modules take, to say so where a task surely fails: an argument that no version knows, a missing name.

From community.mysql 4.1.0 (plugins/modules/mysql_user.py and mysql_role.py, module_utils/mysql.py), the aliases and
arguments of earlier versions included.
"""

from collections.abc import Iterator

from grantlint.model import Fault
from grantlint.model.location import Source
from grantlint.model.remedy import Effect, Retype
from grantlint.reader.formats.ansible.modules.arguments import Call
from grantlint.reader.leaf.secrets import is_name
from grantlint.reader.yaml.nodes import ScalarNode, span_of

_CONNECTION = frozenset(
    {
        "ca_cert",
        "check_hostname",
        "client_cert",
        "client_key",
        "config_file",
        "connect_timeout",
        "login_host",
        "login_password",
        "login_port",
        "login_unix_socket",
        "login_user",
        "ssl_ca",
        "ssl_cert",
        "ssl_key",
    },
)
_COMMON = _CONNECTION | {
    "append_privs",
    "check_implicit_admin",
    "column_case_sensitive",
    "name",
    "priv",
    "sql_log_bin",
    "state",
    "subtract_privs",
}
_KNOWN = {
    "mysql_user": _COMMON
    | {
        "attributes",
        "encrypted",
        "force_context",
        "host",
        "host_all",
        "locked",
        "password",
        "password_expire",
        "password_expire_interval",
        "plugin",
        "plugin_auth_string",
        "plugin_hash_string",
        "resource_limits",
        "salt",
        "session_vars",
        "tls_requires",
        "update_password",
        "user",
    },
    "mysql_role": _COMMON
    | {
        "admin",
        "append_members",
        "detach_members",
        "members",
        "members_must_exist",
        "set_default_role_all",
    },
}


def faults_of(call: Call, source: Source) -> Iterator[Fault]:
    """Yield the certain faults in a call's arguments."""
    known = _KNOWN.get(call.module)
    if known is None:
        return
    arguments = call.arguments
    if not arguments.keys() <= known and call.mapping is not None:
        for key, _ in call.mapping.value:
            if isinstance(key, ScalarNode) and key.value in arguments and key.value not in known and is_name(key.value):
                yield _unknown(key, call.module, known, source)
    if call.complete and "name" not in arguments and "user" not in arguments:
        yield Fault(
            "schema-error",
            f"{call.module} has no name",
            span_of(source, call.key),
            "Give it a name; an empty one ('') means the anonymous user.",
        )


def _unknown(key: ScalarNode, module: str, known: frozenset[str], source: Source) -> Fault:
    import difflib  # noqa: PLC0415 - only where a name is wrong; costs 10 ms

    near = difflib.get_close_matches(key.value, sorted(known), n=1)
    remedy = f"Did you mean {near[0]}?" if near else "Leave it out."
    at = span_of(source, key)
    source.show(at.start, at.end)
    mend = Retype(at, near[0], Effect.GIVES) if near else None
    return Fault("schema-error", f"{module} has no argument {key.value}", at, remedy, mend)
