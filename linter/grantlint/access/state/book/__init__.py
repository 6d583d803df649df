"""What a server holds after the steps so far, and under which names.

`book` is the state, `loading` fills it with what files declare, `left` gives it back as declarations.
"""
