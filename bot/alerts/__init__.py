"""What to tell readers, why, and in which words. Pure: no clock, no network, no database."""
