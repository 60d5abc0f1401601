"""interviewkit: structured behavioral interviews of sales talent, from the keyboard."""

# A constant, not importlib.metadata: reading package metadata costs five interpreter starts.
__version__ = "0.2.0"
