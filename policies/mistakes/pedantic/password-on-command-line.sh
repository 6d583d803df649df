#!/bin/sh
mysql -p"$PW" -e "CREATE USER app@localhost IDENTIFIED BY '$APP_PW'"  # expect: password-on-command-line
mysql -p"$PW" -e "GRANT SELECT ON shop.* TO app@localhost"
