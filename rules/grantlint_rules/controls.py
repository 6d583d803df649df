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
GRANT_OPTION = (
    "cis-mysql-9.7:5.7",
    "cis-mysql-8.0-tde:5.7",
    "cis-mariadb-10.6:5.7",
    "cis-mariadb-10.11:5.7",
    "cis-mysql-enterprise-5.7:5.7",
    "dev-sec-5.1:mysql-db-06",
    "stig-mysql-8.0:MYS8-00-010500",
)
HARD_CODED_PASSWORDS = (
    "pci-dss-4.0:8.6.2",
    "pci-dss-4.0:8.3.2",
)
ROOT_IS_LOCAL = ("dev-sec-5.1:mysql-db-08",)
WILDCARD_HOST = (
    "cis-mysql-9.7:7.6",
    "cis-mysql-8.0-tde:7.6",
    "cis-mariadb-10.6:7.5",
    "cis-mysql-enterprise-5.7:7.7",
    "dev-sec-5.1:mysql-db-07",
    "cis-mysql-enterprise-5.7:9.5",
)
