"""Floor 5: compares evidence: figures like with like, conflicts, certainty.

Never sees how a sentence is worded for print.
"""
