"""The nouns of an account declaration, pure: no file format, no input or output.

`location` comes first: a value knows where it is written, or why it is not known. `step` is what is done to a server.
"""

from grantlint.model.account import Account, Authentication, Changed, Credential, Limit, Secrecy
from grantlint.model.declarations import Declarations
from grantlint.model.grant import Grant, GrantedPrivilege, GrantTarget, GrantTo, Naming, SomeDatabase
from grantlint.model.role import EveryRole, Membership, Role
from grantlint.model.server import Before, Container, DeclaredServer, Fault, Glimpse, NamedHost, NotChecked, ServerFacts
from grantlint.model.statement import Refusal, Statement

__all__ = [
    "Account", "Authentication", "Before", "Changed", "Container", "Credential", "Declarations", "DeclaredServer",
    "EveryRole", "Fault", "Glimpse", "Grant", "GrantTarget", "GrantTo", "GrantedPrivilege", "Limit", "Membership",
    "NamedHost", "Naming", "NotChecked", "Refusal", "Role", "Secrecy", "ServerFacts", "SomeDatabase", "Statement",
]  # fmt: skip
