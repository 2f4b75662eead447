"""Floor 6: says it, from evidence found, with the judge's leave."""
