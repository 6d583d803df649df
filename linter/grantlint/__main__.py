"""`python -m grantlint`."""

from grantlint.cli.main import run

if __name__ == "__main__":
    run()
