"""Running Spoor: the supervisor of the embedded processes, health, and message catalogues."""
