"""The local preview: a strict Bot API stand-in and the channel as a reader sees it.

First run, rehearsal and tests use it in place of Telegram; nothing leaves the machine.

For a test: `PreviewServer(token, channel, clock)`, `await start(port=0)`, then
- `server.standin` is what people and operators do: `add_chat`, `say`, `rewrite`, `press`, `kick`,
  `leave`, `block`, `deny`, `migrate_chat`, `close_topic`, ...;
- `server.faults` is what goes wrong: `script("sendMessage", RESET.after(), None, ...)` for the next
  calls, `strike(html_page(502).late(5), method=..., nth=3)` by number (bot.preview.faults);
- `server.ledger` is every call and everything accepted, in order;
- `server.standin.differences(chat, [Post(...), ...])` is empty when the chat shows exactly that.
"""
