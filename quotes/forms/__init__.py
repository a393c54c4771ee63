"""What people tell the pages of the source."""
