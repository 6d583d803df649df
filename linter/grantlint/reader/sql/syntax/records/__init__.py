"""What a parsed statement is: plain records in which each name and password has its place."""
