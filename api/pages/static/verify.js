// Verifies an asset's entries in the browser: hashes as RFC 6962 says, the chain of the file, the signature.
const bytes = (base64) => Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
const same = (a, b) => a.length === b.length && a.every((each, at) => each === b[at]);
const LEAF = 0, NODE = 1, ED25519 = 1;
const PREV = 16 + 16 + 4; // where an entry holds the hash of its file's entry before: after form, file, number

async function hash(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

function read(proof) {
  const at = proof.indexOf("\n\n");
  const lines = proof.slice(0, at).split("\n").filter((line) => !line.startsWith("extra "));
  if (lines[0] !== "c2sp.org/tlog-proof@v1") throw new Error("another form of proof");
  return { index: Number(lines[1].split(" ")[1]), path: lines.slice(2).map(bytes), note: proof.slice(at + 2) };
}

async function rootOf(leaf, index, path, size) {
  let at = index, last = size - 1, root = leaf;
  if (index >= size) return null;
  for (const each of path) {
    if (last === 0) return null;
    if (at % 2 || at === last) {
      root = await hash(new Uint8Array([NODE]), each, root);
      while (at && at % 2 === 0) { at /= 2; last = Math.floor(last / 2); }
    } else {
      root = await hash(new Uint8Array([NODE]), root, each);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : null;
}

// What an entry says, behind lengths of four bytes: its topic, who recorded it, and the recorded facts.
function saidBy(entry) {
  const view = new DataView(entry.buffer);
  const parts = [];
  for (let at = PREV + 32 + 8; parts.length < 3; at += 4 + view.getUint32(at)) {
    parts.push(new TextDecoder().decode(entry.subarray(at + 4, at + 4 + view.getUint32(at))));
  }
  const [topic, , facts] = parts;
  return { shown: `${topic} ${JSON.parse(facts).on}`, facts };
}

async function entryHolds(item, number, before, told, head) {
  const entry = bytes(item.entry);
  const proof = read(item.proof);
  const leaf = await hash(new Uint8Array([LEAF]), entry);
  const root = await rootOf(leaf, proof.index, proof.path, head.size);
  const chained = new DataView(entry.buffer).getInt32(PREV - 4) === number && same(entry.subarray(PREV, PREV + 32), before);
  const holds = root && same(root, head.root) && proof.note === told.checkpoint && item.entry_no === number && chained;
  return holds ? { leaf, ...saidBy(entry) } : null;
}

async function signed(told) {
  const [name, id, ...rest] = told.key.split("+");
  const key = bytes(rest.join("+"));
  const [text, below] = told.checkpoint.split("\n\n");
  const line = below.split("\n").map((each) => each.split(" ")).find((each) => each[1] === name);
  const mark = line && bytes(line[2]);
  const ids = Array.from(mark?.subarray(0, 4) ?? [], (each) => each.toString(16).padStart(2, "0")).join("");
  if (!mark || ids !== id || key[0] !== ED25519 || text.split("\n")[0] !== name) return false;
  const known = await crypto.subtle.importKey("raw", key.subarray(1), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", known, mark.subarray(4), new TextEncoder().encode(`${text}\n`));
}

const here = document.querySelector("[data-verify]");
const words = here.dataset;
const status = here.querySelector("[role=status]");
const say = (text, places = {}) => {
  status.textContent = Object.entries(places).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);
};

function mark(number, holds) {
  const cell = document.querySelector(`[data-entry="${number}"]`);
  if (!cell) return Boolean(holds);
  const as = holds && holds.shown === cell.dataset.shown;
  cell.textContent = as ? words.in : words.out;
  cell.className = as ? "audit-holds" : "audit-fails";
  if (holds) {
    const [details, summary, facts] = ["details", "summary", "code"].map((name) => document.createElement(name));
    summary.textContent = words.facts;
    facts.textContent = holds.facts;
    details.append(summary, facts);
    cell.append(details);
  }
  return as;
}

async function verify() {
  status.className = "audit-told";
  const told = await (await fetch(words.verify, { headers: { accept: "application/json" } })).json();
  const [, size, root] = told.checkpoint.split("\n");
  const head = { size: Number(size), root: bytes(root) };
  const of = told.items.length;
  let before = new Uint8Array(32), number = 0;
  for (const item of told.items) {
    number += 1;
    if (number % 10 === 1) say(words.working, { n: number, of });
    const holds = await entryHolds(item, number, before, told, head).catch(() => null); // unreadable: not as signed
    if (!mark(number, holds)) { status.classList.add("audit-fails"); say(words.fails, { n: number }); return; }
    before = holds.leaf;
  }
  let by;
  try { by = await signed(told); } catch { by = null; }
  status.classList.add(by === false ? "audit-fails" : "audit-holds");
  say(by === null ? words.unsigned : by ? words.holds : words.key, { of });
}

if (globalThis.crypto?.subtle) {
  here.hidden = false;
  here.querySelector("button").addEventListener("click", () => verify().catch(() => say(words.cannot)));
} else {
  here.hidden = false;
  here.querySelector("button").disabled = true;
  say(words.cannot);
}
