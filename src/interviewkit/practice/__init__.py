"""Scripted candidates to practise on: their files, what they say when, and the look back."""
