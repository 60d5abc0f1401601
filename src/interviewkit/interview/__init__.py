"""The manager's room: the records of an interview, its evidence, its probes and its clock."""
