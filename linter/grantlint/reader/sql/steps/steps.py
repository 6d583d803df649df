"""Parsed statements as the steps that a server takes, in their order, each value with its place in the source."""

from collections.abc import Callable, Iterable, Iterator

from grantlint.model import Account, Grant
from grantlint.model import Statement as WrittenStatement
from grantlint.model.account import Authentication
from grantlint.model.location import Flag, Located, Span
from grantlint.model.privilege import PROXY, Privilege
from grantlint.model.step import Hindrance, Path, Step
from grantlint.model.step import acts as m
from grantlint.reader.leaf.variables import Variables
from grantlint.reader.sql.steps.described import credential, described
from grantlint.reader.sql.steps.leaves import Leaves
from grantlint.reader.sql.syntax.records import grants, parts
from grantlint.reader.sql.syntax.records import statements as s

_OF_SESSION = m.Unclear("account", "it is the one of the session")

Taken = tuple[s.Statement | s.SyntaxFault, WrittenStatement | None]
"""A statement that some server takes, and how to ask which; None: nobody sends it, as USE."""


Around = Callable[[int], Path]
"""Which conditions stand around an offset of a file, outermost first."""


class Steps:
    """Makes steps of one source's statements. Keeps the current database: "" is none, None not known."""

    __slots__ = ("_around", "_database", "_leaves", "_variables")

    def __init__(self, leaves: Leaves, around: Around, variables: Variables, database: str | None = "") -> None:
        self._leaves = leaves
        self._around = around
        self._variables = variables
        self._database = database

    def of(self, taken: Iterable[Taken]) -> Iterator[Step]:
        """Yield the steps of statements, and hide the passwords in them."""
        for statement, written_as in taken:
            if isinstance(statement, s.Use):
                chosen = statement.database
                self._database = None if chosen.unresolved and chosen.text else chosen.text
                continue
            under = self._around(statement.start)
            if isinstance(statement, s.SyntaxFault):
                why = Hindrance(statement.message, "", errno=statement.errno)
                yield Step(m.Broken(), self._leaves.span(statement.start, statement.end), under, hindrance=why)
                continue
            for part in _parts(statement):
                for secret in secrets_in(part):
                    if secret.form != "random":
                        self._leaves.source.hide(secret.start, secret.end)
                span = self._leaves.span(part.start, part.end)
                for binding in self._variables.at(part.start, self._leaves.source.text[part.start : part.end]):
                    self._leaves.binding = binding
                    for act in self._acts(part, span):
                        yield Step(act, span, under, written_as)

    def _acts(self, statement: s.Statement, span: Span) -> Iterator[m.Act]:
        leaves = self._leaves
        match statement:
            case s.Opaque(why=why):
                yield m.Unclear("statement", why)
            case s.TableWrite():
                for start, end in statement.texts:
                    leaves.source.hide(start, end)
                from grantlint.reader.sql.steps.table_writes import written  # noqa: PLC0415 - it reads JSON, for these

                yield written(statement, leaves)
            case s.Flush():
                yield m.FlushPrivileges()
            case grants.Grant() | grants.GrantRole() | grants.GrantProxy():
                yield from self._grant(statement, span)
            case grants.Revoke() | grants.RevokeAll() | grants.RevokeRole() | grants.RevokeProxy() | grants.Deny():
                yield self._revoke(statement, span)
            case s.CreateRole() | s.DropRole() | s.SetDefaultRole() | s.SetRole():
                yield from self._role(statement)
            case s.CreateUser() | s.AlterUser():
                yield from self._user(statement, span)
            case s.SetPassword() | s.DropUser() | s.RenameUser():
                yield self._named_user(statement)
            case _:
                pass

    def _named_user(self, statement: s.SetPassword | s.DropUser | s.RenameUser) -> m.Act:
        leaves = self._leaves
        match statement:
            case s.DropUser(accounts=accounts, if_exists=unless):
                return m.DropUser(leaves.accounts(accounts), unless)
            case s.RenameUser(pairs=pairs):
                return m.RenameUser(tuple([(leaves.account(old), leaves.account(new)) for old, new in pairs]))
            case s.SetPassword(account=account, secret=secret) if account is not None and account.kind == "account":
                proof = Authentication(None, credential(leaves, secret))
                return m.AlterUser((Account(*leaves.account(account), authentication=proof),), keeps_plugin=True)
            case s.SetPassword():
                return _OF_SESSION

    def _user(self, statement: s.CreateUser | s.AlterUser, span: Span) -> Iterator[m.Act]:
        subjects, sessions = _named(statement.subjects)
        yield from [_OF_SESSION] * sessions
        if isinstance(statement, s.CreateUser):
            anew = not (statement.if_not_exists or statement.or_replace)
            accounts = [self._described(one, statement, span)._replace(amends=not anew) for one in subjects]
            if accounts:
                roles = self._leaves.accounts(statement.default_roles)
                yield m.CreateUser(tuple(accounts), roles, statement.if_not_exists, statement.or_replace)
            return
        bare = statement.default_roles is None  # it only wants the accounts to be there
        of = [one for one in subjects if one.authentication or statement.options or bare]
        said = [self._described(one, statement, span) for one in of]
        if said:
            yield m.AlterUser(tuple(said), statement.if_exists)
        if statement.default_roles is not None and subjects:
            names = self._leaves.accounts(tuple([one.account for one in subjects]))
            yield m.SetDefaultRole(self._leaves.choice(statement.default_roles), names)

    def _described(self, subject: parts.Subject, statement: s.CreateUser | s.AlterUser, span: Span) -> Account:
        """Return an account of a statement.

        Its place is the whole statement if it is the only one, else its own words.
        """
        if len(statement.subjects) > 1:
            end = subject.authentication[-1].end if subject.authentication else subject.account.end
            span = self._leaves.span(subject.account.start, end)
        return described(self._leaves, subject, statement.options, span)

    def _grant(self, statement: grants.Grant | grants.GrantRole | grants.GrantProxy, span: Span) -> Iterator[m.Act]:
        leaves = self._leaves
        subjects, sessions = _named(statement.subjects)
        yield from [_OF_SESSION] * sessions
        if not subjects:
            return
        to = leaves.accounts(tuple([one.account for one in subjects]))
        options = statement.options if isinstance(statement, grants.Grant) else ()
        says = [
            described(leaves, one, options, leaves.account(one.account).span)
            for one in subjects
            if one.authentication or options
        ]
        if isinstance(statement, grants.GrantRole):
            yield m.GrantRoles(leaves.accounts(statement.roles), to, self._flag(statement.admin_option), tuple(says))
            return
        option = self._flag(statement.grant_option)
        if isinstance(statement, grants.GrantProxy):
            target = leaves.proxied(statement.proxied, span)
            grant = Grant((Located(Privilege(PROXY), *span),), target, span, option)
        else:
            privileges = tuple([leaves.privilege(one) for one in statement.privileges])
            grant = Grant(privileges, leaves.target(statement.target, self._database), span, option)
        yield m.GrantPrivileges(grant, to, tuple(says))

    def _revoke(
        self,
        statement: grants.Revoke | grants.RevokeAll | grants.RevokeRole | grants.RevokeProxy | grants.Deny,
        span: Span,
    ) -> m.Act:
        leaves = self._leaves
        accounts = leaves.accounts(statement.accounts)
        if isinstance(statement, grants.Deny):
            named = tuple([leaves.privilege(one) for one in statement.privileges])
            denied = Grant(named, leaves.target(statement.target, self._database), span)
            return m.RevokeDeny(denied, accounts) if statement.lifted else m.Deny(denied, accounts)
        unless, unknown = statement.if_exists, statement.ignores_unknown
        match statement:
            case grants.RevokeAll():
                return m.RevokeAll(accounts, unknown)
            case grants.RevokeRole(roles=roles, admin_only=admin_only):
                return m.RevokeRoles(leaves.accounts(roles), accounts, admin_only, unless, unknown)
            case grants.RevokeProxy(proxied=proxied):
                taken = Grant((Located(Privilege(PROXY), *span),), leaves.proxied(proxied, span), span)
                return m.Revoke(taken, accounts, unless, unknown)
            case grants.Revoke(privileges=privileges, target=target):
                named = tuple([leaves.privilege(one) for one in privileges])
                taken = Grant(named, leaves.target(target, self._database), span)
                return m.Revoke(taken, accounts, unless, unknown)

    def _role(self, statement: s.CreateRole | s.DropRole | s.SetDefaultRole | s.SetRole) -> Iterator[m.Act]:
        leaves = self._leaves
        match statement:
            case s.CreateRole(roles=roles, admin=admin, if_not_exists=unless, or_replace=replace):
                known = admin if admin is not None and admin.kind == "account" else None
                yield m.CreateRole(leaves.accounts(roles), leaves.account(known) if known else None, unless, replace)
            case s.DropRole(roles=roles, if_exists=unless):
                yield m.DropRole(leaves.accounts(roles), unless)
            case s.SetDefaultRole(choice=choice, accounts=accounts):
                yield m.SetDefaultRole(leaves.choice(choice), leaves.accounts(accounts))
            case s.SetRole(choice=choice):
                if not choice.mode:
                    yield m.SetRole(leaves.choice(choice).roles)

    def _flag(self, place: parts.Place | None) -> Flag | None:
        return None if place is None else Located(True, self._leaves.source, *place)  # noqa: FBT003 - the value located


def _parts(statement: s.Statement) -> Iterator[s.Statement]:
    """Yield the account statements that a statement is made of."""
    if isinstance(statement, s.Compound | s.SetVariables):
        for item in statement.items:
            yield from _parts(item)
    else:
        yield statement


def _named(subjects: tuple[parts.Subject, ...]) -> tuple[list[parts.Subject], int]:
    """Return the subjects that are named, and how many stand for the account of the session."""
    named = [one for one in subjects if one.account.kind == "account"]
    return named, len(subjects) - len(named)


def secrets_in(statement: s.Statement) -> Iterator[parts.Secret]:
    """Yield every password and hash in a statement. Those written to tables are among its `texts`."""
    match statement:
        case s.SetPassword(secret=secret, replace=replaced):
            yield secret
            if replaced is not None:
                yield replaced
        case s.CreateUser() | s.AlterUser() | grants.Grant() | grants.GrantRole() | grants.GrantProxy():
            for subject in statement.subjects:
                if subject.replace is not None:
                    yield subject.replace
                yield from (proof.secret for proof in subject.authentication if proof.secret is not None)
        case _:
            pass
