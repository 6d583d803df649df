"""The plugin that Salt's module names for a password of which a state says no more."""

from grantlint.model.account import Sending

OF_PASSWORD = Sending(
    "mysql_native_password",
    (8, 0, 11),
    None,
    "a password of mysql_user.present",
    "write `auth_plugin: caching_sha2_password`, or turn the plugin on.",
)
"""Source: salt/modules/mysql.py, _mysql_user_create and its default of auth_plugin (3006)."""
