"""Where: names of the packs, and which conflict a sentence belongs to."""
