"""Floor 5: the judge. Sees a draft, its passages and the question; never how the draft was made."""
