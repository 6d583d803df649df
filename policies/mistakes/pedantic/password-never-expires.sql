CREATE USER 'app'@'localhost' IDENTIFIED BY RANDOM PASSWORD
  PASSWORD EXPIRE NEVER;  -- expect: password-never-expires
GRANT SELECT ON shop.* TO 'app'@'localhost';
