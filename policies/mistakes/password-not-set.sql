CREATE USER 'app'@'10.0.3.7';  -- expect: password-not-set
GRANT SELECT ON shop.* TO 'app'@'10.0.3.7';
