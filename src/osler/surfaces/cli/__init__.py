"""The terminal: commands, pleasant output, exit codes. Calls ``service`` and nothing deeper."""
