"""Comparing candidates and the debrief."""
