"""A server that takes steps one by one: what they leave of accounts, grants and roles, and which it refuses.

In: `model.step.Step`s in the order in which they run, a target, what is there already. Out: a `Replayed`, the book and
an outcome for each step that is not simply done. Read `replay.py` first, then `book.py`; each other module is one kind
of statement on a book.
"""
