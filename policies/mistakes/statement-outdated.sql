-- Which server runs this, nothing says: MySQL 5.7 took it, 8.0 and later do not.
GRANT SELECT ON shop.* TO 'web'@'10.0.3.7' IDENTIFIED BY '{{ password }}';  -- expect: statement-outdated
