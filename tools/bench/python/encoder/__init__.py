"""Compares Akin's encoder with the fastest others: `tools/bench/encoder`."""
