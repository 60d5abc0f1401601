"""The tables and triggers, as migrations."""
