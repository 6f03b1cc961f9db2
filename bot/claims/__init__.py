"""Sentence to claim: attribution, figures, times, places and sense. Pure functions only."""
