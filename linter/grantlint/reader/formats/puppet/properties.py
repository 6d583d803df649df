"""What the module makes of the properties of a resource: privileges, options, what is to be shown over TLS.

Source: puppetlabs-mysql, lib/puppet/type and lib/puppet/provider of mysql_user and mysql_grant. Facts: P1, P3, P4, P5,
P6, P9.
"""

import re
from collections.abc import Iterable, Sequence

from grantlint.model import Fault, GrantedPrivilege
from grantlint.model.location import Flag, Located, Text, Unresolved
from grantlint.model.privilege import ALL, GRANT_OPTION, parse_privilege, split_privileges
from grantlint.reader.formats.puppet.language.resources import Resource
from grantlint.reader.formats.puppet.language.values import String, Unknown, Value, strings

_NATIVE_HASH = re.compile(r"""(?:::)?mysql(?:_|::)password\s*\(|(?P<quote>['"]?)\*[0-9A-Fa-f]{40}(?P=quote)\Z""")
_OPTION = "GRANT"
_DROPPED = frozenset({"GRANT", GRANT_OPTION, ""})
_ALONE = frozenset({"NONE", "SSL", "X509"})
_OF_CERTIFICATE = ("CIPHER", "ISSUER", "SUBJECT")
_MANAGED = frozenset({
    "ensure", "password_hash", "plugin", "max_user_connections", "max_connections_per_hour", "max_queries_per_hour",
    "max_updates_per_hour", "tls_options",
})  # fmt: skip


def is_managed(resource: Resource) -> bool:
    """Return whether a `mysql_user` makes an account.

    Without any property Puppet does not look after it.
    """
    return resource.rest is not None or not _MANAGED.isdisjoint(resource.attributes)


def hash_fault(resource: Resource) -> Fault | None:
    """Return the fault of a hash that is of another plugin."""
    plugin, given = resource.attributes.get("plugin"), resource.attributes.get("password_hash")
    if given is None or not (isinstance(plugin, String) and plugin.value.lower() == "caching_sha2_password"):
        return None
    source, start, end = given.span
    if _NATIVE_HASH.match(source.text, start, end) is None:
        return None
    message = "the server refuses a hash of mysql_native_password for caching_sha2_password: the account is not made"
    return Fault("schema-error", message, plugin.span, "Give a hash of caching_sha2_password, which begins with $A$.")


def privileges_in(value: Value) -> tuple[GrantedPrivilege, ...]:
    """Return the privileges; GRANT is dropped (it is an option).

    Of several, one with ALL anywhere in its name makes all of them ALL PRIVILEGES.
    """
    given = strings(value)
    every = next((each for each in given if _is_all(each) or (len(given) > 1 and _holds_all(each))), None)
    if every is not None:
        return (Located(parse_privilege(ALL), *every.span),)
    kept = [each for each in given if isinstance(each, Unknown) or each.value.strip().upper() not in _DROPPED]
    found = [one for each in kept for one in _split(each)]
    if len(found) > 1 and any(isinstance(one, Located) and one.value.name == ALL for one in found):
        return (Unresolved("ALL beside other privileges, which servers refuse", *value.span),)
    return tuple(found)


def _is_all(value: String | Unknown) -> bool:
    return isinstance(value, String) and value.is_known and value.value.strip().upper() == ALL


def _holds_all(value: String | Unknown) -> bool:
    return isinstance(value, String) and ALL in value.value


def _split(value: String | Unknown) -> list[GrantedPrivilege]:
    if isinstance(value, Unknown) or not value.is_known or "," not in value.value:
        text = value.text
        return [Located(parse_privilege(text.value), *text.span) if isinstance(text, Located) else text]
    found: list[GrantedPrivilege] = []
    at = 0
    pieces = split_privileges(value.value)
    if len(pieces) == 1:
        return [Located(parse_privilege(pieces[0]), *value.span)]
    for piece in pieces:
        at = value.value.index(piece, at)
        found.append(Located(parse_privilege(piece), *value.place(at, at + len(piece))))
        at += len(piece)
    return found


def option_in(value: Value | None) -> Flag | None:
    """Return whether the grant option is given.

    To the module it is GRANT, spelled so.
    """
    for each in strings(value) if value is not None else ():
        if isinstance(each, Unknown) or not each.is_known:
            return Unresolved("not known to be GRANT", *each.span)
        if each.value == _OPTION:
            return Located(True, *each.span)  # noqa: FBT003 - the value it locates
    return None


def unheeded(privileges: Value | None, options: Value | None) -> list[Fault]:
    """Return the faults of words that the module takes for nothing.

    Or for something else than they say.
    """
    found = [
        Fault(
            "schema-error",
            f"to the module '{each.value}' is no option, and nothing is granted for it",
            each.span,
            "Write 'GRANT' for the grant option; limits and TLS are properties of mysql_user.",
        )
        for each in _known(strings(options) if options is not None else ())
        if each.value not in {_OPTION, ""} and each.value.upper() != "NONE"
    ]
    given = strings(privileges) if privileges is not None else []
    if len(given) > 1 and not any(_is_all(each) for each in given):
        found += [
            Fault(
                "schema-error",
                "the module grants ALL PRIVILEGES for a list with this in it, as it holds the letters ALL",
                each.span,
                "Give it by an SQL statement, or by a mysql_grant of its own.",
            )
            for each in _known(given)
            if _holds_all(each) and parse_privilege(each.value).name != ALL
        ]
    return found


def require_in(value: Value | None) -> tuple[Text, ...]:
    """Return what is to be shown over TLS. () where nothing is, and where the server refuses it."""
    given = strings(value) if value is not None else []
    if _contradicts(given):
        return ()
    return tuple(
        [
            Located(each.value.upper(), *each.span) if isinstance(each, Located) and " " not in each.value else each
            for each in (one.text for one in given)
            if not (isinstance(each, Located) and each.value.upper() in {"", "NONE"})
        ]
    )


def require_fault(value: Value | None) -> Fault | None:
    """Return the fault of TLS options.

    They contradict each other, or the module does not know one.
    """
    if value is None:
        return None
    given = strings(value)
    if _contradicts(given):
        message = "the server refuses these TLS options together: the account is left without, and gets no grants"
        return Fault("schema-error", message, value.span, "Write one of NONE, SSL and X509, alone.")
    for each in _known(given):
        if each.value not in _ALONE and not each.value.upper().startswith(_OF_CERTIFICATE):
            message = f"the module refuses the TLS option '{each.value}', and Puppet then applies nothing"
            remedy = "Write NONE, SSL, X509, or CIPHER, ISSUER and SUBJECT with their value."
            return Fault("schema-error", message, each.span, remedy)
    return None


def _contradicts(given: Sequence[String | Unknown]) -> bool:
    return len(given) > 1 and any(each.value in _ALONE for each in _known(given))


def is_refused(resource: Resource) -> bool:
    """Return whether making the account fails halfway.

    What depends on it is skipped then.
    """
    value = resource.attributes.get("tls_options")
    return value is not None and _contradicts(strings(value))


def _known(values: Iterable[String | Unknown]) -> list[String]:
    return [each for each in values if isinstance(each, String) and each.is_known]
