"""What leaves the program: workbooks and the interchange format."""
