"""The built-in rules. They come in by the door that plug-ins use; the order is that of `grantlint rules`."""

from grantlint_rules.accounts import anonymous_account, anonymous_shadows_named, duplicate_account
from grantlint_rules.authentication import plain_text_password
from grantlint_rules.hosts import (
    any_host,
    cidr_unsupported,
    host_blank,
    host_list,
    host_shell_glob,
    host_with_port,
    mid_label_wildcard,
    name_under_skip_name_resolve,
    netmask_host_bits,
)
from grantlint_rules.privileges import (
    all_privileges_global,
    any_host_all_privileges,
    grant_option,
    grant_underscore_unescaped,
)

RULES = (
    any_host.RULE,
    mid_label_wildcard.RULE,
    name_under_skip_name_resolve.RULE,
    netmask_host_bits.RULE,
    cidr_unsupported.RULE,
    host_with_port.RULE,
    host_shell_glob.RULE,
    host_list.RULE,
    host_blank.RULE,
    anonymous_account.RULE,
    anonymous_shadows_named.RULE,
    duplicate_account.RULE,
    any_host_all_privileges.RULE,
    all_privileges_global.RULE,
    grant_option.RULE,
    grant_underscore_unescaped.RULE,
    plain_text_password.RULE,
)
