"""What is done to quotes: importing them as a job, and looking them over."""
