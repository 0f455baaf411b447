"""Compares Akin's index with the fastest others: `tools/bench/index`."""
