"""Floor 5: the judge. Stands beside the flow and never sees how a sentence was made."""
