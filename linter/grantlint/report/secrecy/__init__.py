"""Which parts of a file may be shown: `leaves` marks what readers understood, `elision` leaves out the rest."""
