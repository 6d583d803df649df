"""Words in columns, as wide as the widest of them."""

from collections.abc import Iterator, Sequence

from grantlint.report.visible import visible, width

_GAP = "  "


def columns(rows: Sequence[Sequence[str]], widest: int = 44) -> Iterator[str]:
    """Yield each row as a line with its cells in columns.

    The last cell is not padded. A cell wider than `widest` pushes the rest of its own line to the right.
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    number = max((len(row) for row in shown), default=0)
    widths = [
        max((width(row[at]) for row in shown if len(row) > at + 1 and width(row[at]) <= widest), default=0)
        for at in range(number)
    ]
    for row in shown:
        cells = [cell + " " * (widths[at] - width(cell)) for at, cell in enumerate(row[:-1])]
        yield _GAP.join([*cells, *row[-1:]]).rstrip()
