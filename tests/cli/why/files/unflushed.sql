CREATE USER 'backup'@'localhost';
UPDATE mysql.user SET Host = '%', Select_priv = 'Y' WHERE User = 'backup' AND Host = 'localhost';
INSERT INTO mysql.db (Host, Db, User, Insert_priv) VALUES ('localhost', 'dumps', 'backup', 'Y');
