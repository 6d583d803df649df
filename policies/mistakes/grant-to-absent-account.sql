-- The account is at the shop's hosts, the grant is to another one.
CREATE USER 'app'@'10.0.3.%' REQUIRE X509;
GRANT SELECT, INSERT ON shop.* TO 'app'@'10.0.3.7';  -- expect: grant-to-absent-account
