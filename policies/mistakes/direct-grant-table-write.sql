UPDATE mysql.user SET Host = '10.0.3.7' WHERE User = 'app';  -- expect: direct-grant-table-write
FLUSH PRIVILEGES;
