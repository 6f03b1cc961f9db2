// The channel page. Builds every element with text nodes: no text of a message becomes markup.
"use strict";

const MARKS = { bold: "strong", italic: "em", underline: "u", strike: "s", code: "code", spoiler: "span" };
const panes = new Map(["channel", "chat"].map((name) => [name, makePane(name)]));
const wide = window.matchMedia("(min-width: 60rem)");

function makePane(name) {
  const root = document.getElementById(name);
  const log = root.querySelector(".log");
  const pane = {
    name, root, log,
    jump: root.querySelector(".jump"),
    tab: document.querySelector(`.tabs [data-pane="${name}"]`),
    posts: new Map(), unread: 0,
  };
  pane.jump.addEventListener("click", () => { toEnd(pane); pane.log.focus(); });
  log.addEventListener("scroll", () => { if (atEnd(pane)) pane.jump.hidden = true; }, { passive: true });
  return pane;
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function runElement(run) {
  let node = document.createTextNode(run.text);
  for (const mark of run.marks) {
    const element = make(MARKS[mark], mark === "spoiler" ? "spoiler" : "");
    element.append(node);
    node = element;
  }
  if (run.href) {
    const link = make("a");
    link.href = run.href;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.append(node);
    return link;
  }
  if (run.command) {
    const button = make("button", "command");
    button.type = "button";
    button.dataset.say = run.command;
    button.append(node);
    return button;
  }
  return node;
}

function bodyElement(blocks) {
  const body = make("div", "body");
  for (const block of blocks) {
    const place = block.quote ? make("blockquote") : body;
    place.append(...block.runs.map(runElement));
    if (block.quote) body.append(place);
  }
  // A quote is a block of its own, so the line breaks next to it would show as empty lines.
  for (const quote of body.querySelectorAll("blockquote")) {
    trimEdge(quote.previousSibling, /\n$/);
    trimEdge(quote.nextSibling, /^\n/);
  }
  return body;
}

function trimEdge(node, pattern) {
  while (node && node.nodeType !== Node.TEXT_NODE) node = null;
  if (node) node.data = node.data.replace(pattern, "");
}

function footElement(message) {
  const foot = make("div", "foot");
  if (message.silent) {
    const quiet = make("span", "quiet");
    quiet.append(document.getElementById("bell-off").content.cloneNode(true), "silent");
    quiet.title = "Sent without sound";
    foot.append(quiet);
  }
  if (message.edited) foot.append(make("span", "edited", `edited ${message.edited}`));
  const time = make("time", "", message.time);
  time.dateTime = message.iso;
  time.title = `${message.day}, ${message.time} UTC`;
  foot.append(time);
  return foot;
}

function postElement(message) {
  const post = make("article", message.mine ? "post mine" : "post");
  post.id = `${message.pane}-${message.id}`;
  if (message.reply) {
    const reply = make("button", "reply", message.reply.text);
    reply.type = "button";
    reply.setAttribute("aria-label", `In reply to: ${message.reply.text}`);
    reply.addEventListener("click", () => showPost(`${message.pane}-${message.reply.id}`));
    post.append(reply);
  }
  post.append(bodyElement(message.blocks), footElement(message));
  return post;
}

function showPost(id) {
  const post = document.getElementById(id);
  if (!post) return;
  post.scrollIntoView({ block: "center" });
  glow(post);
}

function glow(post) {
  post.classList.remove("fresh");
  void post.offsetWidth; // restarts the animation
  post.classList.add("fresh");
}

function atEnd(pane) {
  return pane.log.scrollHeight - pane.log.scrollTop - pane.log.clientHeight < 80;
}

function toEnd(pane) {
  pane.log.scrollTop = pane.log.scrollHeight;
  pane.jump.hidden = true;
}

function isShown(pane) {
  return wide.matches || document.body.dataset.pane === pane.name;
}

function place(pane, message, isNew) {
  const post = postElement(message);
  const known = pane.posts.get(message.id);
  if (known) {
    known.replaceWith(post);
  } else {
    pane.log.querySelector(".empty")?.remove();
    if (pane.lastDay !== message.day) {
      pane.lastDay = message.day;
      pane.log.append(make("div", "day", message.day));
    }
    pane.log.append(post);
  }
  pane.posts.set(message.id, post);
  if (isNew) glow(post);
}

function receive(message) {
  const pane = panes.get(message.pane);
  const known = pane.posts.has(message.id);
  const follow = atEnd(pane) || message.mine;
  place(pane, message, true);
  if (!isShown(pane)) {
    pane.unread += known ? 0 : 1;
    showUnread(pane);
  } else if (follow) {
    toEnd(pane);
  } else if (!known) {
    pane.jump.hidden = false;
  }
  showState();
}

function showUnread(pane) {
  const count = pane.tab.querySelector(".count");
  count.hidden = pane.unread === 0;
  count.textContent = String(pane.unread);
  count.setAttribute("aria-label", `${pane.unread} new`);
}

function showState() {
  const count = panes.get("channel").posts.size;
  document.getElementById("state").textContent =
    connected ? `${count} ${count === 1 ? "post" : "posts"} · updates by itself` : "connection lost, trying again…";
}

function showCommands(commands) {
  if (!commands.length) return;
  const buttons = commands.map((entry) => {
    const button = make("button", "", `/${entry.command}`);
    button.type = "button";
    button.dataset.say = `/${entry.command}`;
    button.title = entry.description;
    return button;
  });
  document.getElementById("commands").replaceChildren(...buttons);
}

function showPane(name) {
  document.body.dataset.pane = name;
  for (const pane of panes.values()) {
    pane.tab.setAttribute("aria-pressed", String(pane.name === name));
  }
  const pane = panes.get(name);
  if (pane.unread) toEnd(pane);
  pane.unread = 0;
  showUnread(pane);
}

async function say(text) {
  const fault = document.getElementById("fault");
  fault.textContent = "";
  showPane("chat");
  try {
    const answer = await fetch("/say", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
    });
    if (!answer.ok) fault.textContent = `Not sent: ${(await answer.json()).error}.`;
  } catch {
    fault.textContent = "Not sent: the preview is not running.";
  }
}

let connected = false;
const events = new EventSource("/events");
events.addEventListener("state", (event) => {
  const state = JSON.parse(event.data);
  document.getElementById("title").textContent = state.title;
  document.title = `${state.title} (local preview)`;
  showCommands(state.commands);
  for (const pane of panes.values()) {
    // After a lost connection the server may have started anew with other posts.
    if (pane.posts.size) {
      pane.log.replaceChildren();
      pane.posts.clear();
      pane.lastDay = undefined;
    }
  }
  for (const message of state.messages) place(panes.get(message.pane), message, false);
  for (const pane of panes.values()) toEnd(pane);
  connected = true;
  showState();
});
events.addEventListener("message", (event) => receive(JSON.parse(event.data)));
events.addEventListener("commands", (event) => showCommands(JSON.parse(event.data).commands));
events.addEventListener("deleted", (event) => {
  const { pane, id } = JSON.parse(event.data);
  panes.get(pane).posts.get(id)?.remove();
  panes.get(pane).posts.delete(id);
  showState();
});
events.addEventListener("error", () => { connected = false; showState(); });

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.say) say(button.dataset.say);
  else if (button.closest(".tabs")) showPane(button.dataset.pane);
});
document.getElementById("write").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = document.getElementById("words");
  const text = words.value.trim();
  if (!text) return;
  words.value = "";
  say(text);
});
