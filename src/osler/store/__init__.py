"""Floor 2: the only user of the database."""
