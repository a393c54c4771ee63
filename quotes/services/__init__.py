"""Writing to the anthology: each function is keyword-only, atomic, and returns what it wrote."""
