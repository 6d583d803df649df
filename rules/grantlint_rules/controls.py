"""Controls that rules are evidence of: by edition and number, as in grantlint's controls.tsv, named by subject."""

ADMINISTRATORS_ALONE = (
    "cis-mysql-9.7:5.1",
    "cis-mysql-8.0-tde:5.1",
    "cis-mysql-8.0:5.1",
    "cis-mysql-8.4:5.1",
    "cis-mariadb-10.6:5.1",
    "cis-mariadb-10.11:5.1",
    "cis-mysql-enterprise-5.7:5.1",
    "stig-mysql-8.0:MYS8-00-010700",
    "stig-mysql-8.0:MYS8-00-006400",
)
ANONYMOUS = (
    "cis-mysql-9.7:7.7",
    "cis-mysql-8.0-tde:7.7",
    "cis-mariadb-10.6:7.6",
    "cis-mysql-enterprise-5.7:7.8",
    "dev-sec-5.1:mysql-db-04",
    "pci-dss-4.0:7.3.3",
    "pci-dss-4.0:8.2.1",
)
CHANGES_WHERE_NEEDED = (
    "cis-mysql-9.7:5.9",
    "cis-mysql-8.0-tde:5.9",
    "cis-mariadb-10.6:5.9",
    "cis-mysql-enterprise-5.7:5.9",
    "pci-dss-4.0:7.2.5",
    "pci-dss-4.0:7.2.2",
)
CLIENT_CERTIFICATES = (
    "cis-mysql-9.7:2.16",
    "cis-mariadb-10.6:2.11",
    "cis-mariadb-10.11:2.11",
    "cis-mysql-9.7:8.2",
    "stig-mysql-8.0:MYS8-00-004700",
    "cis-mariadb-10.6:9.5",
)
CONNECTION_LIMITS = (
    "cis-mysql-9.7:8.3",
    "cis-mysql-8.0-tde:8.3",
    "cis-mariadb-10.6:8.3",
    "stig-mysql-8.0:MYS8-00-000200",
    "stig-mariadb-10:MADB-10-000100",
)
CREATE_USER = (
    "cis-mysql-9.7:5.6",
    "cis-mysql-8.0-tde:5.6",
    "cis-mariadb-10.6:5.6",
    "cis-mariadb-10.11:5.6",
    "cis-mysql-enterprise-5.7:5.6",
)
DEFINERS = (
    "cis-mysql-9.7:5.11",
    "cis-mysql-9.7:5.12",
)
GRANT_TABLES = (
    "cis-mysql-9.7:4.5",
    "cis-mariadb-10.6:4.5",
    "cis-mysql-enterprise-5.7:4.5",
    "dev-sec-5.1:mysql-conf-03",
)
FILE = (
    "cis-mysql-9.7:5.2",
    "cis-mysql-8.0-tde:5.2",
    "cis-mysql-8.0:5.2",
    "cis-mysql-8.4:5.2",
    "cis-mariadb-10.6:5.2",
    "cis-mariadb-10.11:5.2",
    "cis-mysql-enterprise-5.7:5.2",
)
GRANT_OPTION = (
    "cis-mysql-9.7:5.7",
    "cis-mysql-8.0-tde:5.7",
    "cis-mariadb-10.6:5.7",
    "cis-mariadb-10.11:5.7",
    "cis-mysql-enterprise-5.7:5.7",
    "dev-sec-5.1:mysql-db-06",
    "stig-mysql-8.0:MYS8-00-010500",
)
COMMAND_LINE = (
    "cis-mysql-9.7:2.4",
    "cis-mariadb-10.6:2.3",
    "cis-mysql-enterprise-5.7:2.2",
)
HARD_CODED_PASSWORDS = (
    "pci-dss-4.0:8.6.2",
    "pci-dss-4.0:8.3.2",
)
LISTENS_ON_CHOSEN = (
    "cis-mysql-9.7:2.14",
    "cis-mariadb-10.6:2.9",
    "cis-mariadb-10.11:2.9",
)
FAILED_LOGINS = (
    "cis-mysql-9.7:2.18",
    "cis-mysql-8.0:2.18",
    "cis-mysql-8.4:2.18",
    "pci-dss-4.0:8.3.4",
)
PASSWORD_LIFETIME = (
    "cis-mysql-9.7:2.7",
    "cis-mysql-8.0:2.7",
    "cis-mysql-8.4:2.7",
    "pci-dss-4.0:8.3.9",
    "pci-dss-4.0:8.6.3",
)
PASSWORD_SET = (
    "cis-mysql-9.7:7.3",
    "cis-mysql-8.0-tde:7.3",
    "cis-mysql-enterprise-5.7:7.5",
    "cis-mariadb-10.6:7.3",
    "dev-sec-5.1:mysql-db-05",
    "dev-sec-5.1:mysql-db-05b",
    "pci-dss-4.0:8.3.1",
)
PASSWORD_STRENGTH = (
    "cis-mysql-9.7:2.8",
    "cis-mysql-8.0:2.8",
    "cis-mysql-8.4:2.8",
    "cis-mysql-9.7:7.5",
    "cis-mysql-8.0-tde:7.5",
    "cis-mariadb-10.6:7.4",
    "cis-mysql-enterprise-5.7:7.6",
    "pci-dss-4.0:8.3.6",
)
PROCESS = (
    "cis-mysql-9.7:5.3",
    "cis-mysql-8.0-tde:5.3",
    "cis-mariadb-10.6:5.3",
    "cis-mariadb-10.11:5.3",
    "cis-mysql-enterprise-5.7:5.3",
)
REPLICATION = (
    "cis-mysql-9.7:5.8",
    "cis-mysql-8.0-tde:5.8",
    "cis-mariadb-10.6:5.8",
    "cis-mariadb-10.11:5.8",
    "cis-mysql-enterprise-5.7:5.8",
)
REPLICATION_WITHOUT_SUPER = (
    "cis-mysql-9.7:9.3",
    "cis-mysql-8.0-tde:9.4",
    "cis-mariadb-10.6:9.3",
    "cis-mysql-enterprise-5.7:9.4",
)
ROOT_IS_LOCAL = ("dev-sec-5.1:mysql-db-08",)
SALTED_HASHES = (
    "stig-mysql-8.0:MYS8-00-005100",
    "cis-mysql-9.7:7.1",
    "cis-mysql-8.0-tde:7.1",
    "cis-mariadb-10.6:7.1",
)
SETTINGS_CHANGED = ("stig-mysql-8.0:MYS8-00-009200",)
SHARED_USER = (
    "cis-mysql-9.7:2.5",
    "cis-mysql-8.0:2.5",
    "cis-mysql-8.4:2.5",
    "cis-mariadb-10.6:2.4",
    "cis-mariadb-10.11:2.4",
    "cis-mysql-enterprise-5.7:2.3",
    "pci-dss-4.0:8.2.2",
)
SHUTDOWN = (
    "cis-mysql-9.7:5.5",
    "cis-mysql-8.0-tde:5.5",
    "cis-mysql-8.4:5.5",
    "cis-mariadb-10.6:5.5",
    "cis-mariadb-10.11:5.5",
    "cis-mysql-enterprise-5.7:5.5",
)
STORED_PROGRAMS = (
    "stig-mysql-8.0:MYS8-00-008300",
    "stig-mysql-8.0:MYS8-00-009100",
)
STRUCTURE = ("stig-mysql-8.0:MYS8-00-008700",)
SUPER = (
    "cis-mysql-9.7:5.4",
    "cis-mysql-8.0-tde:5.4",
    "cis-mysql-8.0:5.4",
    "cis-mysql-8.4:5.4",
    "cis-mariadb-10.6:5.4",
    "cis-mariadb-10.11:5.4",
    "cis-mysql-enterprise-5.7:5.4",
)
TEST_ACCOUNTS = (
    "pci-dss-4.0:6.5.6",
    "stig-mysql-8.0:MYS8-00-005600",
)
TEST_DATABASE = (
    "cis-mysql-9.7:4.2",
    "cis-mysql-8.0:4.2",
    "cis-mysql-8.4:4.2",
    "cis-mariadb-10.6:4.2",
    "cis-mariadb-10.11:4.2",
    "cis-mysql-enterprise-5.7:4.2",
    "dev-sec-5.1:mysql-db-03",
    "stig-mysql-8.0:MYS8-00-005600",
)
TLS = (
    "cis-mysql-8.0-tde:8.2",
    "cis-mysql-8.0:8.2",
    "cis-mysql-enterprise-8.0:8.2",
    "cis-mysql-8.4:8.2",
    "cis-mysql-enterprise-8.4:8.2",
    "cis-mysql-5.6:8.2",
    "cis-mysql-enterprise-5.6:8.2",
    "cis-mysql-5.7:8.2",
    "cis-mariadb-10.6:8.2",
    "cis-mariadb-10.11:8.2",
    "cis-mysql-enterprise-5.7:8.2",
    "stig-mysql-8.0:MYS8-00-005200",
    "pci-dss-4.0:8.3.2",
)
WILDCARD_HOST = (
    "cis-mysql-9.7:7.6",
    "cis-mysql-8.0-tde:7.6",
    "cis-mariadb-10.6:7.5",
    "cis-mysql-enterprise-5.7:7.7",
    "dev-sec-5.1:mysql-db-07",
    "cis-mysql-enterprise-5.7:9.5",
)
