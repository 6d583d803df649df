"""What is kept from who is granted it: partial revokes of MySQL, DENY of MariaDB."""
