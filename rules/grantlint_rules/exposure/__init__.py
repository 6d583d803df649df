"""Rules about secrets where others can read them."""
