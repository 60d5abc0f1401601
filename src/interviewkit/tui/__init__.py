"""The screens. Nothing here is imported by anything but the command line."""
