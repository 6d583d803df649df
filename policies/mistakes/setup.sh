#!/bin/bash
# An installation script that opens the database to the world.
set -eu

mysql -u root <<EOSQL
CREATE USER 'web'@'10.0.3.%' IDENTIFIED BY '${WEB_PASSWORD}';
CREATE DATABASE \`web-shop\`;
GRANT SELECT, INSERT ON \`web_shop\`.* TO 'web'@'10.0.3.%';  -- expect: grant-underscore-unescaped
EOSQL

mysql -u root -e "CREATE USER \"report\"@\"%\" IDENTIFIED BY 'changeme'"  # expect: any-host, password-common
echo "GRANT SELECT ON shop.* TO '$OPERATOR'@'%'" | mysql -u root  # expect: any-host

psql <<EOSQL
CREATE USER web WITH PASSWORD 'changeme';
EOSQL
