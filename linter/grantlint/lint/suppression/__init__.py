"""What an author chose not to see, by a comment that names the rule: always counted, and reported where it is idle.

`comments` reads them, `reach` says of which lines each speaks, `sifting` takes away what they silence, `complaints`
says what is wrong with one. What could not be read is never silenced: a file does not answer for what nobody has seen
of it.
"""
