"""Floor 5: understands a question and finds its evidence. Never sees how an answer is worded."""
