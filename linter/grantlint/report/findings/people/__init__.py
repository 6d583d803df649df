"""Reports that somebody reads: on a terminal, in a comment, in a browser. `text` first, `frame` shows the lines."""
