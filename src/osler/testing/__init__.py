"""Conformance kits for authors of adapters. May import any floor; nothing imports it."""
