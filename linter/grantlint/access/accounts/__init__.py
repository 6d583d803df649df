"""The account table: its order, and which row a client gets or with which error it is refused."""
