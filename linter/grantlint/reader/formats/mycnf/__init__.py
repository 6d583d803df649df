"""Option files (my.cnf, my.ini): what they say of a server, and where. They declare no accounts."""
