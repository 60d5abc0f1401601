"""Who may see what, how long it is kept, and how it is erased."""
