"""Names of parsed statements as leaves of declarations; the same template is the same unresolved value throughout."""

from grantlint.model import Changed, Fault, GrantedPrivilege, GrantTarget, SomeDatabase
from grantlint.model.location import Implied, Located, Source, Span, Text, Unresolved
from grantlint.model.privilege import Privilege
from grantlint.model.scope import Level, Scope, ScopeSyntaxError
from grantlint.model.step.acts import AccountName, RoleChoice
from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.changes import in_sql
from grantlint.reader.leaf.targets import Targets
from grantlint.reader.leaf.variables import Binding, Variables, put_in, whole
from grantlint.reader.sql.syntax.records import parts

TEMPLATE = "a template"
CURRENT = "the current database, which is not known"
_NONE_WRITTEN = "%"
_DEFAULT = Pattern(r"""\\?['"]?\$\{\w+:?[-=](?P<value>[^\s'"$`\\{}]+)\}\\?['"]?""")  # '${PW:-literal}'
_VARIABLE = Pattern(r"""(['"])\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})\1""")


class Leaves:
    """The leaves of one source, and the faults in them."""

    __slots__ = ("_unresolved", "_variables", "binding", "faults", "source")

    def __init__(self, source: Source, variables: Variables | None = None) -> None:
        self.source = source
        self._variables = variables
        self.faults: list[Fault] = []
        self.binding: Binding = {}  # what is known of the variables of the statement at hand
        self._unresolved: dict[str, Unresolved] = {}

    def span(self, start: int, end: int) -> Span:
        """Return a place in the source."""
        return Span(self.source, start, end)

    def text(self, name: parts.Name, *, prefix: str = "") -> Text:
        """Return a name as a located or unresolved text.

        `prefix` keeps apart what the same template stands for in places of different kinds.
        """
        if not name.unresolved:
            return Located(name.text, self.source, name.start, name.end)
        said = self._put_in(name)
        if said is not None:
            return Located(said, self.source, name.start, name.end)
        known = self._unresolved.get(prefix + name.text)
        if known is None:
            known = self._unresolved[prefix + name.text] = Unresolved(TEMPLATE, self.source, name.start, name.end)
        return known

    def _put_in(self, name: parts.Name) -> str | None:
        """Return a name with the values of its variables, None where they are not known."""
        if not self.binding:
            return None
        return put_in(name.text, self.source.text[name.start : name.end], self.binding)

    def changed(self, secret: parts.Secret) -> Changed | None:
        """Return how a password is another one than is written. None where it is not.

        The server takes backslashes away, and the shell leaves a variable that it does not expand.
        """
        written = self.source.text[secret.start : secret.end]
        if not secret.unresolved and secret.form != "hash":
            return in_sql(written, self.span(*secret[1:3]))
        if not secret.unresolved or self._variables is None or not self._variables.is_stopped(secret.start):
            return None
        if _VARIABLE.fullmatch(written) is None:
            return None
        why = "in single quotes the shell puts no variable in, and its name becomes the password"
        return Changed(
            why, "End the single quotes before it, or use double quotes around all.", self.span(*secret[1:3])
        )

    def secret(self, secret: parts.Secret) -> Located[str] | None:
        """Return the known value of a variable that is a whole password. None elsewhere."""
        if not secret.unresolved:
            return None
        written = self.source.text[secret.start : secret.end]
        default = _DEFAULT.fullmatch(written) if "${" in written else None
        if default is not None:
            start, end = default.span("value")
            return Located(default["value"], self.source, secret.start + start, secret.start + end)
        return whole(written, self.binding) if self.binding else None

    def host(self, account: parts.Account) -> Text:
        """Return the host of an account. `%` where none is written; unresolved where a bare template may bring one."""
        if account.host is not None:
            return self.text(account.host, prefix="@")
        if account.user.unresolved and not account.quoted:
            return self.text(account.user, prefix="host of ")
        return Implied(_NONE_WRITTEN, self.source, account.start, account.end)

    def account(self, account: parts.Account) -> AccountName:
        """Return an account as it is named."""
        return AccountName(self.text(account.user), self.host(account), self.span(account.start, account.end))

    def accounts(self, accounts: tuple[parts.Account, ...]) -> tuple[AccountName, ...]:
        """Return accounts as they are named."""
        return tuple([self.account(one) for one in accounts])

    def choice(self, choice: parts.RoleChoice) -> RoleChoice:
        """Return a choice of roles."""
        return RoleChoice(choice.mode, self.accounts(choice.roles))

    def privilege(self, privilege: parts.Privilege) -> GrantedPrivilege:
        """Return a privilege with its columns."""
        if privilege.unresolved:
            same = f"{self.source.path}\0{privilege.name}"
            return Unresolved(TEMPLATE, self.source, privilege.start, privilege.end, same)
        columns = tuple([column.text for column in privilege.columns])
        return Located(Privilege(privilege.name, columns), self.source, privilege.start, privilege.end)

    def target(self, target: parts.Target, database: str | None) -> GrantTarget:
        """Return the target of a grant, with the current database filled in. `database`: None where it is not known."""
        names = [part and self._known(part) for part in (target.database, target.object)]
        target = target._replace(database=names[0], object=names[1])
        for part in names:
            if part is not None and part.unresolved:
                words = self.source.text[target.start : target.end]
                kind = SomeDatabase if target.every == "db.*" and target.kind in {"", "TABLE"} else Unresolved
                return kind(TEMPLATE, self.source, target.start, target.end, f"{self.source.path}\0{words}")
        if target.every == "*.*":
            return Located(Scope(Level.GLOBAL), self.source, target.start, target.end)
        if database is None and target.database is None:
            words = self.source.text[target.start : target.end]
            return Unresolved(CURRENT, self.source, target.start, target.end, f"{self.source.path}\0{words}")
        chosen = database or ""
        return Targets(self.faults).made(lambda: _scope(target, chosen), self.span(target.start, target.end))

    def _known(self, name: parts.Name) -> parts.Name:
        said = self._put_in(name) if name.unresolved else None
        return name if said is None else name._replace(text=said, unresolved=False)

    def proxied(self, proxied: parts.Account, span: Span) -> GrantTarget:
        """Return the target of a PROXY grant."""
        if proxied.kind != "account":
            return Unresolved("the account of the session", *span)
        user, host = self.text(proxied.user), self.host(proxied)
        if isinstance(user, Located) and isinstance(host, Located):
            scope = Scope(Level.PROXY, name=user.value, host=host.value)
            return Located(scope, self.source, proxied.start, proxied.end)
        return Unresolved(TEMPLATE, self.source, proxied.start, proxied.end, f"PROXY {id(user)} {id(host)}")


def _scope(target: parts.Target, database: str) -> Scope:
    kind = "" if target.kind == "TABLE" else target.kind
    name = target.object.text if target.object is not None else ""
    if target.database is not None:
        database = target.database.text
    scope = Scope(Level.ROUTINE if kind else Level.TABLE, database, name, kind)
    if target.every:
        scope = Scope(Level.DATABASE, database)
    if kind and target.every:
        raise ScopeSyntaxError(f"{kind} takes the name of one routine, not {str(scope)!r}")
    if not (database or target.database is None) or not (name or target.every):
        raise ScopeSyntaxError("a name between backticks is empty")
    return scope
