"use strict";
/* What is sealed: ids, the canonical form, the scorecard's document, its seal and its signature.

   The same rules as in interview/sealed_document.py and interview/clock.py; a test seals in a browser
   and compares. KIT is the data of this file: the plan's people, the kit's questions, the words. */

const KIT = JSON.parse(document.getElementById("kit").textContent);
const [ELEMENTS, LABELS] = KIT.elements;
const readProbe = ([id, ask, places], number) => ({ number, id, ask, elicits: places.map((place) => ELEMENTS[place]) });
for (const page of KIT.pages.filter((entry) => entry.competency)) {
  const around = (probe) => (page.happened ? [probe] : []);
  const probes = [...around(KIT.reask), ...(page.probes ?? []), ...around(KIT.second_example)];
  page.probes = probes.map((probe, index) => readProbe(probe, page.happened ? index : index + 1));
}
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const now = () => new Date().toISOString();
const milliseconds = (stamp) => Date.parse(stamp);

/* Text that JSON, SHA-256 and a database can hold: no half characters, no NUL. */
const storable = (text) => decoder.decode(encoder.encode(text)).replaceAll("\0", "\ufffd");

const hex = (bytes, digits = 2) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(digits, "0")).join("");

/* A UUIDv7 that sorts behind the one made in the place before it, even when the clock steps back.
   A place is the milliseconds and twelve bits that count up, in one number. */
function idAfter(lastPlace) {
  const place = Math.max(Date.now() * 4096, lastPlace + 1);
  const tail = crypto.getRandomValues(new Uint8Array(8));
  tail[0] = (tail[0] & 0x3f) | 0x80;
  const head = Math.floor(place / 4096).toString(16).padStart(12, "0");
  const count = (place % 4096).toString(16).padStart(3, "0");
  const end = hex(tail);
  const id = `${head.slice(0, 8)}-${head.slice(8)}-7${count}-${end.slice(0, 4)}-${end.slice(4)}`;
  return { id, place };
}

/* JSON with sorted keys and no white space; seconds always have one decimal. The names of fields are all
   ASCII, where JavaScript's order, by code unit, is the canonical one, by code point. */
function canonical(value, key = "") {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name], name)}`);
    return `{${fields.join(",")}}`;
  }
  if (typeof value === "number") return key === "seconds" ? value.toFixed(1) : String(value);
  return JSON.stringify(value);
}

function noteEntry(note) {
  const entry = { id: note.id, at: note.at, text: note.text, probe: note.probe || null };
  return note.isMarked ? { ...entry, marked: true } : entry;
}

function answerEntry(page) {
  const { answer } = page;
  const followUps = answer.asked
    .filter((asked) => asked.isOwn)
    .map(({ id, text, at, outcome }) => ({ id, text, asked_at: at, outcome }));
  return {
    question: page.id,
    competency: page.competency,
    rating: answer.rating,
    skipped: answer.skipped,
    seconds: answer.seconds,
    notes: answer.notes.map(noteEntry),
    probes: answer.asked
      .filter((asked) => !asked.isOwn)
      .map(({ id, text, elicits, at, outcome }) => ({ probe: id, text, elicits, asked_at: at, outcome })),
    ...(followUps.length ? { follow_ups: followUps } : {}),
    ticks: {},
  };
}

/* The scorecard as it stands, without its seal. */
function scorecardDocument(submittedAt) {
  return {
    ...KIT.document,
    id: draft.scorecard,
    started_at: draft.startedAt,
    submitted_at: submittedAt,
    recommendation: draft.recommendation,
    summary: draft.summary,
    reason: draft.reason,
    visits: draft.visits,
    answers: questions.map((page) => answerEntry(page)),
    pages: KIT.pages.filter((page) => !page.competency).map((page) => ({
      page: page.id.slice(1),
      seconds: page.answer.seconds,
      notes: page.answer.notes.map(noteEntry),
    })),
  };
}

const canSeal = () => Boolean(globalThis.crypto?.subtle);

/* The key of this file, or null where the kit has none or the browser knows no Ed25519. */
async function signingKey() {
  if (!KIT.key || !canSeal()) return null;
  const bytes = Uint8Array.from(atob(KIT.key.private), (char) => char.charCodeAt(0));
  try {
    return await crypto.subtle.importKey("pkcs8", bytes, { name: "Ed25519" }, false, ["sign"]);
  } catch {
    return null;
  }
}

/* The lines of the file to save: the sealed scorecard and, where there is a key, its signature. */
async function sealedLines(document) {
  const body = canonical(document);
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(body))));
  const lines = [`${body.slice(0, -1)},"sha256":"${sha256}"}`];
  const key = await signingKey();
  if (key) {
    const line = { type: "signature", document: document.id, sha256, key: KIT.key.public };
    const signed = encoder.encode(canonical(line));
    const signature = await crypto.subtle.sign({ name: "Ed25519" }, key, signed);
    lines.push(canonical({ ...line, signature: hex(new Uint8Array(signature)) }));
  }
  return { text: `${lines.join("\n")}\n`, sha256, isSigned: Boolean(key) };
}
