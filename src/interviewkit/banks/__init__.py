"""The trainer's room: question banks, how they are read, checked and found."""
