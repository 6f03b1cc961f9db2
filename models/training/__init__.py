"""Training of the shipped weights; needed only to make them again, never to run the bot."""
