"""Floor 3: models behind protocols. What is measured, ranked or written by a model comes from here.

Nothing here decides what is true. The model runtime is an extra (``osler[dense]``), imported on use.
"""
