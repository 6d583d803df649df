"""Which files were taken as what, for a machine: one JSON object, versioned, a file a line."""

from grantlint.report.files.text import Inventory
from grantlint.report.page import Page, document
from grantlint.report.strict_json import encoded

VERSION = 1


def json(inventory: Inventory) -> Page:
    """Return the inventory as JSON, in ASCII."""
    files = ",\n".join(encoded(one._asdict()) for one in inventory.taken)
    passed_over = ",\n".join(encoded(one._asdict()) for one in inventory.passed_over)
    remarks = encoded([*inventory.remarks])
    return document(
        f'{{"version":{VERSION},"files":[\n{files}\n],"passed_over":[\n{passed_over}\n],\n"remarks":{remarks}}}\n'
    )
