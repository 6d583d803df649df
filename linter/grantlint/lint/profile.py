"""Sets of rules, each of which holds those before it, and how sure a rule is."""

from enum import Enum, IntEnum


class Profile(IntEnum):
    """How much is asked of the files.

    CORRECTNESS: refused, dead, hidden, never what was meant. DEFAULT: and what a DBA objects to. HARDENED: and what
    CIS, STIG and dev-sec ask for. PEDANTIC: and what is a matter of taste.
    """

    CORRECTNESS = 1
    DEFAULT = 2
    HARDENED = 3
    PEDANTIC = 4

    def __str__(self) -> str:
        return self.name.lower()


class Confidence(Enum):
    """How sure a finding is.

    HIGH where it is what the server does, less where it rests on what a name may mean.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
