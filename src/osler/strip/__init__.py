"""The figures of an answer drawn in the manner of a forest plot, and the same figures as text."""
