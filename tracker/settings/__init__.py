"""Settings per environment: embedded (default), production and test override base."""
