CREATE USER 'app' IDENTIFIED BY RANDOM PASSWORD;  -- expect: any-host, tls-not-required, account-without-grants, host-omitted, no-connection-limit
