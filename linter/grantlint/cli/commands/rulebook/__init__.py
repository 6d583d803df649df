"""Commands about rules: the list, one page, and the examples of rules of one's own."""
