"""Screens of calibration: the sets of written answers, rating them, and what a panel gave."""
