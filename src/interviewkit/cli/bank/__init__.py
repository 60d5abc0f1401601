"""The commands below interviewkit bank."""
