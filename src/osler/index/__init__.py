"""Floor 4: how passages are found. A cache of the database, rebuildable at any time."""
