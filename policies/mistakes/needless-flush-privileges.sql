CREATE USER 'app'@'10.0.3.7' IDENTIFIED BY RANDOM PASSWORD;
FLUSH PRIVILEGES;  -- expect: needless-flush-privileges
