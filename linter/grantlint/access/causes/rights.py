"""Why a session is refused a right that some grant looks as if it gave, and what to change."""

from collections.abc import Iterator, Sequence

from grantlint.access.causes.cause import Cause, yes
from grantlint.access.grants.rights import Right
from grantlint.access.grants.row import Grantee, shown
from grantlint.access.product.target import Target
from grantlint.model.scope import Level, Scope

_INACTIVE = "is granted but not active"
_ONE = "only one"
_NEAR = 2  # letters in which a name that somebody mistypes differs


def lacking(
    account: Grantee,
    privileges: Sequence[str],
    place: tuple[str | None, str | None],
    rows: Sequence[Right],
    target: Target,
) -> list[Cause]:
    """Return the causes for which an account lacks privileges at a place, the nearest first.

    `place`: a database (None: globally) and a table of it (None: all). `rows`: all that is granted to accounts of its
    user name and their roles.
    """
    database, table = place
    scope = Scope(Level.GLOBAL) if database is None else Scope(Level.DATABASE, database)
    if database is not None and table is not None:
        scope = Scope(Level.TABLE, database, table)
    words = ", ".join(privileges) or "SELECT"
    grant = f"GRANT {words} ON {scope} TO {shown(account)}"
    named = [row for row in rows if not privileges or set(privileges) & set(row.row.privileges)]
    return [
        *_idle(account, named, grant, target),
        *(
            _elsewhere(account, named, database, grant)
            if table is None
            else _at_other_table(account, named, scope, grant)
        ),
        _none(grant, privileges),
    ]


def _idle(account: Grantee, rows: Sequence[Right], grant: str, target: Target) -> Iterator[Cause]:
    """Yield the grants that would serve, and why they do not."""
    for row in rows:
        what = f"{row.row.scope} TO {shown(row.row.grantee)}"
        if row.why_not.endswith(_INACTIVE):
            word = "FOR" if target.product == "mariadb" else "TO"
            role = shown(row.row.grantee) if target.product != "mariadb" else f"'{row.row.grantee[0]}'"
            change = f"SET DEFAULT ROLE {role} {word} {shown(account)}, or SET ROLE in the session"
            yield yes("role-not-active", "a role has it that is not active", f"{what}: {row.why_not}", change)
        elif row.why_not.startswith(_ONE):
            yield yes("hidden-grant", "another row hides the grant", f"{what}: {row.why_not}", grant)
        elif row.why_not:
            yield yes("grant-elsewhere", "the grant is to another account", f"{what}: {row.why_not}", grant)


def _elsewhere(account: Grantee, rows: Sequence[Right], database: str | None, grant: str) -> Iterator[Cause]:
    """Yield grants to the account on something whose name is near."""
    if database is None:
        return
    for row in rows:
        scope = row.row.scope
        near = scope.database != database and _is_near(scope.database, database)
        if row.row.grantee == account and (near or (scope.database == database and scope.level is Level.TABLE)):
            why = f"{scope} is not all of {database!r}" if not near else f"{scope} is not {database!r}"
            yield yes("near-grant", "the grant is on something else", why, grant)


def _at_other_table(account: Grantee, rows: Sequence[Right], asked: Scope, grant: str) -> Iterator[Cause]:
    """Yield grants to the account on a table, or in a database, whose name is near."""
    for row in rows:
        scope = row.row.scope
        if row.row.grantee != account or scope.level not in (Level.TABLE, Level.DATABASE):
            continue
        other = scope.level is Level.TABLE and scope.name != asked.name and _is_near(scope.name, asked.name)
        if (other and scope.database == asked.database) or (
            scope.database != asked.database and _is_near(scope.database, asked.database)
        ):
            yield yes("near-grant", "the grant is on something else", f"{scope} is not {asked}", grant)


def _is_near(one: str, other: str) -> bool:
    plain, asked = one.replace("\\", "").casefold(), other.casefold()
    if plain == asked:
        return True
    same = sum(1 for mine, theirs in zip(plain, asked, strict=False) if mine == theirs)
    return max(len(plain), len(asked)) - same <= _NEAR and min(len(plain), len(asked)) > _NEAR


def _none(grant: str, privileges: Sequence[str]) -> Cause:
    needs = "" if privileges else ", with the privileges that it needs in place of SELECT"
    return yes("no-grant", "no grant serves it", "nothing that the session has gives it", f"{grant}{needs}")
