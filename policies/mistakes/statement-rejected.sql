-- A script that worked up to MySQL 5.7 stops in the middle on 8.0.
-- Server version	8.4.6
CREATE USER 'web'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
GRANT SELECT, INSERT ON `shop`.* TO 'web'@'10.0.3.7' REQUIRE SSL;  -- expect: statement-rejected
GRANT USAGE ON *.* TO 'web'@'10.0.3.7' WITH MAX_USER_CONNECTIONS 5;  -- expect: statement-rejected
