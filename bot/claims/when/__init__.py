"""When: clocks, days and dates of a sentence as instants and intervals."""
