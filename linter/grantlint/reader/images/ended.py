"""An image that ends at its first start: what it would have made, and that nothing behind it is run."""

from collections.abc import Sequence

from grantlint.access import parse_target
from grantlint.model import Account, Declarations
from grantlint.model.step import ENTRY_POINT, Call, Step
from grantlint.model.step.acts import AccountName, CreateUser, GrantPrivileges
from grantlint.reader.images.endings import Ending
from grantlint.reader.leaf.declare import declare

_AS = "mysql-8.4"  # which reads names as all do


def end(declarations: Declarations, refused: Sequence[Account], ends: Ending) -> None:
    """Add the steps at which an image ends. What its files do is not run behind them."""
    call = Call(ENTRY_POINT, declarations.unit or declarations.path)
    steps: list[Step] = []
    for account in refused:
        alone = account._replace(grants=())
        steps.append(Step(CreateUser((alone,)), ends.span, call=call, hindrance=ends.why))
        name = AccountName(account.user, account.host, account.span)
        steps += [Step(GrantPrivileges(grant, (name,)), account.span, call=call) for grant in account.grants]
    declare(steps, parse_target(_AS), declarations)
