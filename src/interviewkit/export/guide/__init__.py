"""The printable interview guide."""
