"""The statements, those together that begin alike: users, roles, grants, SET."""
