"""Declarations as a policy (`convert`): `document` writes the lines, `values` and `scalar` what stands in them."""
