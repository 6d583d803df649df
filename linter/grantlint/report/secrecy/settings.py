"""Which settings may be shown with their values: those that are made of words and numbers that any server may have.

Where a line break is missing behind a value, a password stands in it (`bind-address=0.0.0.0 word`).
"""

from grantlint.platform.pattern import Pattern
from grantlint.reader.leaf.server_option import ACCOUNT_SETTINGS
from grantlint.report.secrecy.vocabulary import WORDS

# sql_mode: MySQL manual, Server SQL Modes; MariaDB manual, SQL_MODE
_MODES = """
    allow_invalid_dates ansi ansi_quotes db2 empty_string_is_null error_for_division_by_zero high_not_precedence
    ignore_bad_table_options ignore_space maxdb mssql mysql323 mysql40 no_auto_create_user no_auto_value_on_zero
    no_backslash_escapes no_dir_in_create no_engine_substitution no_field_options no_key_options no_table_options
    no_unsigned_subtraction no_zero_date no_zero_in_date only_full_group_by oracle pad_char_to_full_length
    pipes_as_concat postgresql real_as_float simultaneous_assignment strict_all_tables strict_trans_tables
    time_round_fractional time_truncate_fractional traditional
"""
# plugin_load: the libraries and plugins of both manuals' chapters on authentication and password validation
_PLUGINS = """
    auth_0x0100 auth_ed25519 auth_gssapi auth_mysql_sha2 auth_named_pipe auth_pam auth_pam_v1 auth_parsec auth_socket
    authentication_fido authentication_kerberos authentication_ldap_sasl authentication_ldap_simple authentication_oci
    authentication_openid_connect authentication_pam authentication_webauthn authentication_windows
    cracklib_password_check dialog mysql_clear_password mysql_no_login mysql_old_password password_reuse_check
    simple_password_check validate_password
"""
_WORDS = WORDS | frozenset(f"{_MODES} {_PLUGINS}".split())
_NUMBER_OR_ADDRESS = Pattern(r"\d{1,6}|\*|[\d.]{7,15}|(?=.*:)[\da-f:]{2,39}")
_BETWEEN = Pattern(r"[\s,;=]+|\.so\b")
_ROLE = r"\s*(?:[\w.-]+|'[\w.-]+'|`[\w.-]+`)(?:@(?:[\w.%-]+|'[\w.%-]+'|`[\w.%-]+`))?\s*"
_ROLES = Pattern(rf"{_ROLE}(?:,{_ROLE})*")


def may_show_setting(name: str, value: str) -> bool:
    """Return whether a setting's value tells nothing but the setting.

    >>> may_show_setting("bind_address", "10.0.3.2,::1"), may_show_setting("bind_address", "0.0.0.0 hunter2")
    (True, False)
    """
    if name not in ACCOUNT_SETTINGS:
        return False
    if name == "mandatory_roles" and _ROLES.fullmatch(value):
        return True
    words = [word for word in _BETWEEN.split(value.lower()) if word]
    return all(word in _WORDS or _NUMBER_OR_ADDRESS.fullmatch(word) for word in words)
