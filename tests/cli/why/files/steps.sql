-- Some of these are refused, by some servers.
GRANT ALL ON ledger.* TO 'billing'@'10.0.9.5' IDENTIFIED BY 'a-long-one';
CREATE USER 'report'@'localhost' IDENTIFIED WITH sha256_password;
GRANT SELECT ON sales.* TO 'report';
CREATE USER 'monitor'@'10.0.9.8';
GRANT PROCESS ON sales.* TO 'monitor'@'10.0.9.8';
GRANT SELECT ON sales.* TO 'monitor'@'10.0.9.8';
