CREATE USER 'app'@'localhost' IDENTIFIED BY RANDOM PASSWORD FAILED_LOGIN_ATTEMPTS 5
  PASSWORD_LOCK_TIME 0;  -- expect: failed-logins-unlimited
GRANT SELECT ON shop.* TO 'app'@'localhost';
