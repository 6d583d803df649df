"""A server that takes steps one by one: what they leave of accounts, grants and roles, and which it refuses.

`replay` takes the steps and gives each to a module of acts/, which change the book (book/); `holding` asks for what is
left, now or after FLUSH PRIVILEGES. `outcome` says what a server may answer, `refusals` what it refuses whatever it
holds.
"""
