"""The steps of a sweep: what is due, what it replaces, who gets it, what it says."""
