"""Between server and Django: workers, start-up checks, and a gate for slow clients."""
