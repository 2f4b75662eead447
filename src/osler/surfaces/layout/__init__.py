"""An answer's document laid out for a page or a file: in order, with its words, before any markup."""
