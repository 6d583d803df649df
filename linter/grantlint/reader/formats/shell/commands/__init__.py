"""Commands of a script that make accounts without SQL of its own: containers that it starts, charts it installs."""
