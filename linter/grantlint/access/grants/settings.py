"""The server variables on which privileges depend."""

from grantlint.access.grants.row import Grantee
from grantlint.platform.record import NamedTuple


class GrantSettings(NamedTuple):
    """The server variables on which privileges depend, at their defaults."""

    skip_name_resolve: bool = False
    partial_revokes: bool = False
    lower_case_table_names: int = 0
    activate_all_roles_on_login: bool = False
    mandatory_roles: tuple[Grantee, ...] = ()
    activate_mandatory_roles: bool = True
