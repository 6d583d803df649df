-- Who cleans up by name takes the accounts of the server as well.
DROP USER 'mysql.infoschema'@'localhost';  -- expect: reserved-account-dropped
