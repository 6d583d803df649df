"""The command line: the only code that reads argv, prints and exits. One module a command."""
