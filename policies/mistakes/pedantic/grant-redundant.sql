-- What is granted on everything holds in shop, too.
CREATE USER 'report'@'10.0.3.7' IDENTIFIED WITH caching_sha2_password BY RANDOM PASSWORD REQUIRE X509 WITH MAX_USER_CONNECTIONS 5;
GRANT SELECT ON *.* TO 'report'@'10.0.3.7';  -- expect: global-select
GRANT SELECT ON shop.orders TO 'report'@'10.0.3.7';  -- expect: grant-redundant
