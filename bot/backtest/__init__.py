"""What changed thresholds or policy would have posted, told before they are saved.

compare (pure: two runs, paired) | trial (the changed settings) | runs (judge once, replay twice) |
report (table, lines, JSON) | command (puts them in order)
"""
