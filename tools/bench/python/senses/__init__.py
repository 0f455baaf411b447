"""Measures the senses that Akin finds: `tools/bench/senses`."""
