"""Floor 2: pure functions on text. Every result keeps offsets: text[start:end] is the thing found."""
