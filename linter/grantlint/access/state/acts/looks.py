"""What a tool sees of an account in SHOW GRANTS before it sends anything."""

from collections.abc import Iterable

from grantlint.access.product.privileges.meaning import canonical, expand_all
from grantlint.access.state.progress import Progress
from grantlint.model.grant import Grant
from grantlint.model.location import Located
from grantlint.model.privilege import ALL, GRANT_OPTION, USAGE
from grantlint.model.scope import Level, Scope
from grantlint.model.step.acts import AccountName


def shows_all_of(name: AccountName, grant: Grant, progress: Progress) -> bool:
    """Return whether an account is shown with all privileges of a grant.

    They are on its target, with or without the grant option, which is shown apart. Of privileges on columns the tool
    takes the name for the whole privilege, and never finds the columns. Source: Salt, salt/modules/mysql.py,
    grant_exists, _grant_to_tokens; facts: Q6.
    """
    scope = grant.scope
    if scope is None or not grant.privileges:
        return False
    wanted: set[str] = set()
    for leaf in grant.privileges:
        if not isinstance(leaf, Located) or leaf.value.columns or leaf.value.name == GRANT_OPTION:
            return False
        wanted.add(canonical(leaf.value.name, progress.rules.target))
    key = progress.book.grantee_key(name)
    held = [one.grant for one in progress.book.grants.get(key, ()) if _is_on(one.grant, scope)]
    shown = _shown(held, scope, progress)
    if scope.level is Level.GLOBAL and not shown and key in progress.book.accounts:
        shown = {USAGE}
    if ALL in wanted and _lists_all(scope, progress):
        wanted = {*wanted - {ALL}, *expand_all(progress.rules.target, Level.GLOBAL)}
    return wanted <= shown


def _is_on(grant: Grant, scope: Scope) -> bool:
    """Return whether a grant is on a target, whatever its name escapes."""
    on = grant.scope
    return on is not None and (on.level, on.name, _bare(on)) == (scope.level, scope.name, _bare(scope))


def _bare(scope: Scope) -> str:
    return scope.database.replace("\\", "").replace("`", "")


def _shown(grants: Iterable[Grant], scope: Scope, progress: Progress) -> set[str]:
    target = progress.rules.target
    every = set(expand_all(target, scope.level))
    held: set[str] = set()
    in_part: set[str] = set()
    for grant in grants:
        for leaf in grant.privileges:
            if isinstance(leaf, Located):
                name, columns = leaf.value
                (in_part if columns else held).update(every if name == ALL else (canonical(name, target),))
    held -= {USAGE, GRANT_OPTION}
    return {ALL} if every and held >= every and not _lists_all(scope, progress) else held | in_part


def _lists_all(scope: Scope, progress: Progress) -> bool:
    """Return whether SHOW GRANTS lists the privileges of ALL one by one, as MySQL does on everything from 8.0 on."""
    return scope.level is Level.GLOBAL and progress.rules.target.traits.atomic_statements
