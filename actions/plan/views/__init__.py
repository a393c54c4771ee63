"""The plan's pages: interventions, and the desk where quotes are answered."""
