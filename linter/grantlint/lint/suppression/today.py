"""The day on which a run takes place."""

import os

from grantlint.platform.errors import UsageError

_EPOCH = "SOURCE_DATE_EPOCH"  # reproducible-builds.org: seconds since 1970


def today() -> str:
    """Return the date in UTC as 2027-01-31.

    That of SOURCE_DATE_EPOCH where it is set. Raises UsageError where that is no time.
    """
    from datetime import UTC, datetime  # noqa: PLC0415 - for what names a day alone

    epoch = os.environ.get(_EPOCH, "")
    try:
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"{_EPOCH} is no time: {epoch[:40]}") from error
    return now.strftime("%Y-%m-%d")
