"""Whether a sentence is news: genre of the entry, history, asides, old dates."""
