CREATE ROLE ops;
GRANT ALL PRIVILEGES ON *.* TO ops;
CREATE USER 'app'@'10.0.3.7' REQUIRE SSL;  -- expect: password-not-set
GRANT ops TO 'app'@'10.0.3.7';  -- expect: all-privileges-by-role
