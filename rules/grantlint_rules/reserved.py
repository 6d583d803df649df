"""Accounts that servers, platforms and packages make for themselves, with whose they are."""

OWNERS = {
    "mysql.sys": "MySQL",
    "mysql.session": "MySQL",
    "mysql.infoschema": "MySQL",
    "mariadb.sys": "MariaDB",
    "rdsadmin": "Amazon RDS",
    "rdsrepladmin": "Amazon RDS",
    "cloudsqlsuperuser": "Cloud SQL",
    "azure_superuser": "Azure Database",
}
PACKAGED = {"debian-sys-maint": "Debian's and Ubuntu's packages"}
"""Accounts that packages work with, which may be declared as well."""
