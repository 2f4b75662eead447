"""The formulas as pure functions, each with its paper; ``by_name`` hands them what was given."""
