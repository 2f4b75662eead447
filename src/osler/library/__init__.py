"""Floor 5: keeps the evidence: adding, withdrawing, counting, naming its state."""
