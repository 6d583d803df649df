"""What a statement says, in a line that a person checks against the file; no password or hash is in it."""

from grantlint.model.privilege import Privilege as PrivilegeName
from grantlint.model.sql import identifier, string
from grantlint.reader.leaf.secrets import is_variable, may_be_plugin, swallows
from grantlint.reader.sql.syntax.records import grants, parts
from grantlint.reader.sql.syntax.records import statements as s

_VERBS = {
    "CreateUser": "CREATE USER",
    "AlterUser": "ALTER USER",
    "DropUser": "DROP USER",
    "RenameUser": "RENAME USER",
    "CreateRole": "CREATE ROLE",
    "DropRole": "DROP ROLE",
    "SetRole": "SET ROLE",
    "SetDefaultRole": "SET DEFAULT ROLE",
    "SetPassword": "SET PASSWORD",
    "GrantRole": "GRANT",
    "GrantProxy": "GRANT PROXY ON",
    "RevokeAll": "REVOKE ALL PRIVILEGES, GRANT OPTION",
    "RevokeRole": "REVOKE",
    "RevokeProxy": "REVOKE PROXY ON",
}

_FREE_TEXT = frozenset({"ATTRIBUTE", "COMMENT"})


def outline(statement: s.Statement) -> str:
    """Return a statement in standard words, without passwords. Of a password it tells the form."""
    verb = _VERBS.get(type(statement).__name__, "")
    match statement:
        case s.CreateUser(subjects=subjects, options=options) | s.AlterUser(subjects=subjects, options=options):
            said = " ".join((verb, _subjects(subjects), *map(_option, options)))
        case s.DropUser(accounts=accounts):
            said = f"{verb} {_accounts(accounts)}"
        case s.RenameUser(pairs=pairs):
            said = f"{verb} " + ", ".join(f"{_account(old)} TO {_account(new)}" for old, new in pairs)
        case s.CreateRole(roles=roles) | s.DropRole(roles=roles):
            said = f"{verb} {_accounts(roles)}"
        case s.SetRole(choice=choice):
            said = f"{verb} {_choice(choice)}"
        case s.SetDefaultRole(choice=choice, accounts=accounts):
            said = f"{verb} {_choice(choice)}" + (f" TO {_accounts(accounts)}" if accounts else "")
        case s.SetPassword(account=account, secret=secret):
            said = f"{verb}{f' FOR {_account(account)}' if account else ''} = {_secret(secret)}"
        case (
            grants.Grant()
            | grants.GrantRole()
            | grants.GrantProxy()
            | grants.Revoke()
            | grants.RevokeAll()
            | grants.RevokeRole()
            | grants.RevokeProxy()
            | grants.Deny()
        ):
            said = _grant(statement, verb)
        case _:
            said = _other(statement)
    return said


def _grant(
    statement: grants.Grant
    | grants.GrantRole
    | grants.GrantProxy
    | grants.Revoke
    | grants.RevokeAll
    | grants.RevokeRole
    | grants.RevokeProxy
    | grants.Deny,
    verb: str,
) -> str:
    match statement:
        case grants.Grant(privileges=privileges, target=target, subjects=subjects, options=options):
            said = " ".join(("GRANT", _privileges(privileges), "ON", _target(target), "TO", _subjects(subjects)))
            said = " ".join((said, *map(_option, options), *(["WITH GRANT OPTION"] if statement.grant_option else [])))
        case grants.GrantRole(roles=roles, subjects=subjects, admin_option=option):
            said = f"{verb} {_accounts(roles)} TO {_subjects(subjects)}{' WITH ADMIN OPTION' if option else ''}"
        case grants.GrantProxy(proxied=proxied, subjects=subjects, grant_option=option):
            said = f"{verb} {_account(proxied)} TO {_subjects(subjects)}{' WITH GRANT OPTION' if option else ''}"
        case grants.Revoke(privileges=privileges, target=target, accounts=accounts):
            said = f"REVOKE {_privileges(privileges)} ON {_target(target)} FROM {_accounts(accounts)}"
        case grants.Deny(privileges=privileges, target=target, accounts=accounts, lifted=lifted):
            what = f"DENY {_privileges(privileges)} ON {_target(target)}"
            said = f"REVOKE {what} FROM {_accounts(accounts)}" if lifted else f"{what} TO {_accounts(accounts)}"
        case grants.RevokeAll(accounts=accounts):
            said = f"{verb} FROM {_accounts(accounts)}"
        case grants.RevokeRole(roles=roles, accounts=accounts):
            said = f"{verb} {_accounts(roles)} FROM {_accounts(accounts)}"
        case grants.RevokeProxy(proxied=proxied, accounts=accounts):
            said = f"{verb} {_account(proxied)} FROM {_accounts(accounts)}"
    return said


def _other(statement: s.Statement) -> str:
    match statement:
        case s.TableWrite(verb=verb, table=table, rows=rows):
            named = [(row.get("user"), row.get("host")) for row in rows]
            accounts = [f"{_cell(user)}@{_cell(host)}" for user, host in named]
            said = f"{verb} mysql.{table} {', '.join(accounts)}".rstrip()
        case s.Use(database=database):
            said = f"USE {identifier(database.text)}"
        case s.Opaque(verb=verb, expression=expression):
            whole = expression.text if is_variable(expression.text) else "{...}"
            said = f"{verb} ... not told apart from its template {whole}"
        case s.Compound(items=items) | s.SetVariables(items=items):
            said = "; ".join(outline(item) for item in items)
        case s.Other(verb=verb):
            said = verb
        case s.Flush():
            said = "FLUSH PRIVILEGES"
        case _:
            said = ""
    return said


def _accounts(accounts: tuple[parts.Account, ...]) -> str:
    return ", ".join(map(_account, accounts))


def _account(account: parts.Account) -> str:
    if account.kind != "account":
        return account.user.text
    return _name(account.user) + ("" if account.host is None else f"@{_host(account.host)}")


def _host(name: parts.Name) -> str:
    """Return a host; no client has one with a blank in it, and where a quote is missing a password follows."""
    return "'...'" if len(name.text.split()) > 1 else _name(name)


def _name(name: parts.Name) -> str:
    if name.unresolved:
        return name.text if is_variable(name.text) else "{...}"
    return "'...'" if swallows(name.text) else string(name.text)


def _cell(cell: parts.Cell) -> str:
    return _name(cell) if isinstance(cell, parts.Name) else "?"


def _subjects(subjects: tuple[parts.Subject, ...]) -> str:
    return ", ".join(_subject(one) for one in subjects)


def _subject(one: parts.Subject) -> str:
    proofs = [
        " ".join(
            (
                "identified",
                *(["with", _plugin(proof.plugin)] if proof.plugin else []),
                *(["by", _secret(proof.secret)] if proof.secret else []),
            )
        )
        for proof in one.authentication
    ]
    return f"{_account(one.account)} ({', '.join(proofs)})" if proofs else _account(one.account)


def _plugin(name: parts.Name) -> str:
    return name.text if may_be_plugin(name.text) else "..."


def _secret(secret: parts.Secret) -> str:
    if secret.unresolved:
        return "a template"
    if secret.empty:
        return "an empty password"
    words = {"plain": "a password in plain text", "hash": "a hash", "random": "a random password"}
    return words[secret.form]


def _option(option: parts.Option) -> str:
    if option.value is None:
        return option.name
    return f"{option.name} {option.value.text if option.name not in _FREE_TEXT else '...'}"


def _choice(choice: parts.RoleChoice) -> str:
    roles = _accounts(choice.roles)
    return f"{choice.mode} EXCEPT {roles}" if choice.mode and roles else choice.mode or roles


def _privileges(privileges: tuple[parts.Privilege, ...]) -> str:
    return ", ".join(str(PrivilegeName(one.name, tuple(column.text for column in one.columns))) for one in privileges)


def _target(target: parts.Target) -> str:
    if target.every in {"*", "*.*"}:
        return target.every
    words = [identifier(part.text) for part in (target.database, target.object) if part is not None]
    if target.every:
        words.append("*")
    return f"{target.kind} {'.'.join(words)}".lstrip()
