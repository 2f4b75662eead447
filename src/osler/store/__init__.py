"""Floor 2: the only room that speaks SQL. Keeps sources, passages, answers and the ledger.

Knows nothing of formats, of the network or of how passages are cut; reads no clock.
"""

from osler.store.entry import Batch, Entry, Failure, Removal, State, Tally
from osler.store.library import Store, open_store

__all__ = ["Batch", "Entry", "Failure", "Removal", "State", "Store", "Tally", "open_store"]
