"""The live interview."""
