"""An answer as a file: the same words, numbers and references as on the page, in eight formats."""
