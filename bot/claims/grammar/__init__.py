"""The reporting grammar of a sentence: its words, phrases and verbs, and who is their source."""
