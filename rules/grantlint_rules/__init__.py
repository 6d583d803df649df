"""The built-in rules. They come in by the door that plug-ins use; the order is that of `grantlint rules`."""

from grantlint_rules.accounts import anonymous_account, anonymous_shadows_named, duplicate_account, user_embeds_host
from grantlint_rules.authentication import plain_text_password
from grantlint_rules.hosts import (
    address_malformed,
    any_host,
    cidr_unsupported,
    digits_dot_name,
    host_blank,
    host_list,
    host_shell_glob,
    host_with_port,
    ipv6_not_canonical,
    mid_label_wildcard,
    name_under_skip_name_resolve,
    netmask_host_bits,
    netmask_invalid,
)
from grantlint_rules.privileges import (
    all_privileges_global,
    any_host_all_privileges,
    database_grant_hidden,
    database_grant_leaks,
    global_privilege_on_wrong_account,
    grant_option,
    grant_underscore_unescaped,
)
from grantlint_rules.server import declared_host_refused

RULES = (
    any_host.RULE,
    mid_label_wildcard.RULE,
    name_under_skip_name_resolve.RULE,
    netmask_host_bits.RULE,
    netmask_invalid.RULE,
    cidr_unsupported.RULE,
    address_malformed.RULE,
    ipv6_not_canonical.RULE,
    digits_dot_name.RULE,
    host_with_port.RULE,
    host_shell_glob.RULE,
    host_list.RULE,
    host_blank.RULE,
    anonymous_account.RULE,
    anonymous_shadows_named.RULE,
    duplicate_account.RULE,
    user_embeds_host.RULE,
    declared_host_refused.RULE,
    any_host_all_privileges.RULE,
    all_privileges_global.RULE,
    grant_option.RULE,
    grant_underscore_unescaped.RULE,
    database_grant_hidden.RULE,
    database_grant_leaks.RULE,
    global_privilege_on_wrong_account.RULE,
    plain_text_password.RULE,
)
