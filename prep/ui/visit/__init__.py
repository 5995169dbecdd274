"""One visit: who it is, its database, its clock, what is being typed."""
