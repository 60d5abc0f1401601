"""Practice: who there is to rehearse with, the rehearsal, and the look back."""
