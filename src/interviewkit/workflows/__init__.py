"""Use cases between the surfaces and the rooms; they know neither textual nor click."""
