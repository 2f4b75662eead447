"""Floor 2: the only door to the network: who we are, how often we may ask, what to do when it fails.

Must not know what it carries: no service's formats, no library, no clock of its own.
"""
