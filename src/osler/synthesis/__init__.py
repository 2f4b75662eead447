"""Floor 5: evidence compared. Figures bound to what they measure, like with like, and where sources differ.

Reads statements and their sources; never chooses, words or numbers anything.
"""
