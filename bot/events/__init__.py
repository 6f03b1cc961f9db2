"""Claims to events: copies, same-event matching and the life-cycle of a ceasefire. Pure."""
