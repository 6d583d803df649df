"""From declarations to judged servers: `grouping` puts files together, `panel` says which products each may be."""
