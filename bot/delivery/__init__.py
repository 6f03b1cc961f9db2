"""Delivery: drains the outbox to Telegram; the only outbound Telegram calls of alerts."""
