"""Rules on roles: who has them, and whether a server grants them so."""
