"""HCL: syntax to blocks and expressions, expressions to values."""
