"""Parts of screens: each shows one thing it is handed and never asks for more."""
