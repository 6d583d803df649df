"""Which profile a run passes: all of its rules ran, and none of them has anything to say."""

from collections.abc import Collection, Iterable, Sequence

from grantlint.lint.finding import Finding, Profile, Severity
from grantlint.lint.rule import Rule
from grantlint.platform.record import NamedTuple


class Standing(NamedTuple):
    """The profile asked for, and the highest one passed.

    whole: all rules of the one asked for ran.
    """

    asked: Profile = Profile.DEFAULT
    passes: Profile | None = None
    whole: bool = True


def standing(asked: Profile, rules: Sequence[Rule], ran: Collection[str], found: Iterable[Finding]) -> Standing:
    """Return which profile is passed.

    rules: all that there are; ran: the names of those that reported; found: what is reported. Bad
    input passes nowhere: what was not read was not judged.
    """
    profiles = {rule.name: rule.profile for rule in rules}
    left_out = {profile for name, profile in profiles.items() if name not in ran}
    short = {*left_out}
    for one in found:
        if one.rule in profiles:
            short.add(one.profile or profiles[one.rule])
        elif one.severity is Severity.ERROR:
            short.add(min(Profile))
    below = [profile for profile in Profile if profile <= asked and profile < min(short, default=max(Profile) + 1)]
    return Standing(asked, max(below, default=None), whole=all(profile > asked for profile in left_out))
