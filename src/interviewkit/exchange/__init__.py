"""Documents for others, in and out: JSON Lines and their schema."""
