"""The text of a bank file: its YAML nodes, and patches that keep every other byte."""
