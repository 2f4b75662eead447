"""One module for each step of the schema; each tells how the tables were on that day."""
