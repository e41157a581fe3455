"""GridPact, the library: it connects, reads, builds calls, matches. It never prints and never prompts."""
