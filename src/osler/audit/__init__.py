"""Somebody's text judged claim by claim against the library; nothing is corrected or rewritten."""
