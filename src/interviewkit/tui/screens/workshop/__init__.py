"""The workshop of question banks."""
