"""Which files were taken as what, for a machine: one JSON object, versioned, a file a line."""

from json import dumps

from grantlint.report.files import Inventory

VERSION = 1


def json(inventory: Inventory) -> str:
    """Return the inventory as JSON, in ASCII."""
    files = ",\n".join(dumps(one._asdict(), separators=(",", ":")) for one in inventory.taken)
    passed_over = ",\n".join(dumps(one._asdict(), separators=(",", ":")) for one in inventory.passed_over)
    remarks = dumps([*inventory.remarks], separators=(",", ":"))
    return f'{{"version":{VERSION},"files":[\n{files}\n],"passed_over":[\n{passed_over}\n],\n"remarks":{remarks}}}\n'
