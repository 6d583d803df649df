"""Words that every file may hold and that therefore tell nothing: keys and keywords of the formats.

A line of a file is shown as far as it is made of these and of what a reader bound (elision.py beside this), so a word
that is missing here costs a `…`, never a secret. tests/report/test_vocabulary.py holds it to what the readers know.
"""

_KEYS = """
    addresses admin administrators append_members append_privs authentication autoload check_implicit_admin
    ciphers cipher column_case_sensitive comment config_file default_role default_roles detach_members dns_names
    encrypted expired grant grant_option grants group group_vars host host_all hosts issuer limits locked
    login_host login_password login_port login_unix_socket login_user max_connections_per_hour
    max_queries_per_hour max_statement_time max_updates_per_hour max_user_connections members members_must_exist name
    params plugin plugin_auth_string plugin_hash_string priv privs privileges product require resource_limits role
    roles salt secret server servers session_vars set_default_role_all settings sql_log_bin ssl state subject
    attributes ca_cert check_hostname client_cert client_key connect_timeout force_context login_port ssl_ca ssl_cert
    ssl_key subtract_privs target tls_requires update_password user users username hash password password_expire
    password_expire_interval query single_transaction with_items with_list with_nested loop when tags become block
    rescue always include_tasks import_tasks include_role import_role vars tasks handlers pre_tasks post_tasks
    no_log register delegate_to run_once
    services image environment env_file command volumes configs secrets ports depends_on build networks entrypoint
    restart container_name healthcheck x-mysql mysql_root_password mysql_root_host mysql_user mysql_password
    mysql_database mysql_allow_empty_password mysql_random_root_password mysql_onetime_password mariadb_root_password
    mariadb_root_host mariadb_user mariadb_password mariadb_database mariadb_allow_empty_root_password
    mariadb_random_root_password mariadb_user_host mysql_root_password_file mysql_password_file
    mariadb_root_password_file mariadb_password_file
    apiversion kind metadata namespace spec items data stringdata type valuefrom secretkeyref configmapkeyref key
    mariadbref clusterref databaseref passwordsecretkeyref passwordplugin maxuserconnections grantoption table
    database databases username initdbscripts template containers env value args optional containerport volumemounts
    resource variable locals module provider data output for_each count dynamic content lifecycle default provider
    plaintext_password auth_plugin auth_string_hashed auth_string_hex tls_option procedure instance password_wo
    ensure password_hash max_user_connections table provider options require notify subscribe before class define node
    mysql::db mysql::server mysql_grant mysql_database mysql_password charset collate sql enforce_sql create_resources
    present absent saltenv connection_host connection_user connection_pass connection_default_file allow_passwordless
    unix_socket password_column escape revoke_first
    mysql_query mysql_role mysql_variables mysql_db mysql_info mysql_grants mysql_users mysql_replication
    community.mysql.mysql_user community.mysql.mysql_role community.mysql.mysql_query community.mysql.mysql_variables
    mariadb_users mariadb_databases mysql_databases
    mysqld mariadb mariadbd mysqladmin mysqldump client-server client galera skip-name-resolve skip_name_resolve
    bind-address bind_address skip-networking skip_networking skip-grant-tables skip_grant_tables port socket
    partial_revokes lower_case_table_names sql_mode mandatory_roles activate_all_roles_on_login
    default_authentication_plugin require_secure_transport
    mysql echo cat eof sudo docker exec bash sh export if then else fi do done while in function end unless case esac
"""
_KEYWORDS = """
    account add admin after all alter always any as attribute before begin by call column columns comment commit create
    current current_role current_user databases declare default delete deny describe discard drop each end event
    events execute exists expire factor failed_login_attempts failed file first flush for from function global grant
    grants
    history identified if ignore immediate index initial insert interval into invoker is issuer key lock lockable
    login never new none not of old on only open option or package password_lock_time persist persist_only prepare
    privileges procedure process proxy public quick random read references registration reload rename replace
    replication require reset restrict resource retain reuse revoke role routine rows schema select session set show
    shutdown slave client skip sql ssl stop subject super system tables tablespace temporary to transaction
    trigger trigger unbounded unknown unlock update usage use using validation values via view where with without x509
    binlog monitor master start connection federated versioning admin
    grant_option with_grant_option grantlint ignore-file
"""
_VALUES = """
    true false yes no on off null none present absent always on_create required ssl x509
    mysql_native_password caching_sha2_password sha256_password ed25519 parsec auth_socket unix_socket
    mysql_old_password
    authentication_ldap_simple authentication_ldap_sasl pam gssapi named_pipe
"""

WORDS = frozenset(f"{_KEYS} {_KEYWORDS} {_VALUES}".split())
"""In lower case."""

PLUGINS = frozenset(word for word in _VALUES.split() if word.endswith("_password"))
"""Words with `password` in them that name no password."""
