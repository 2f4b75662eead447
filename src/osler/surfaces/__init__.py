"""Floor 9: where people and programs meet the product."""
