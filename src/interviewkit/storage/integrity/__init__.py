"""Whether the records are what they were."""
