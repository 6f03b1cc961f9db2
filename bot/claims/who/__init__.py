"""Who speaks: names, offices, sides, relays, and what short forms stand for."""
