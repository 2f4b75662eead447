"""Floor 4: where documents come from."""
