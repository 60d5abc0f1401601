"""Whole screens: they read and write through the store they were given."""
