"""The local preview: a strict Bot API stand-in and the channel as a reader sees it.

First run, rehearsal and tests use it in place of Telegram; nothing leaves the machine.
"""
