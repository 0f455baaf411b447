"""Compares whole questions to a store with other search libraries: `tools/bench/search`."""
