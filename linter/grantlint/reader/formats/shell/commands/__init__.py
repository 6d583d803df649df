"""Commands of a script without SQL of its own: containers that it starts, passwords and options that it sets."""
