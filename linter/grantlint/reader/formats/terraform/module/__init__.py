"""The module around a file: the files beside it, what its names stand for, the instances of its resources."""
