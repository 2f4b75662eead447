"""Migrations: named, append-only, one transaction each. Never edit one that was released."""
