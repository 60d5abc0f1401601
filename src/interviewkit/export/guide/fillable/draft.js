/* The interview under way: what is kept on this device, and its clocks. Knows nothing of the page. */

const START = "@start";
const WRAP_UP = "@wrap-up";
const STORE = `interviewkit kit ${KIT.id}`;
const SAVE_AFTER = 150; // milliseconds from a key to the disk, as on the live screen
const AWAY = 5 * 60 * 1000; // without a tick for so long, the device slept or the file was closed
const windowId = hex(crypto.getRandomValues(new Uint8Array(8)));

const emptyAnswer = () => ({
  seconds: 0, rating: null, isAssessed: null, skipped: null, notes: [], asked: [], hanging: "",
  line: "", edited: "",
});

const emptyDraft = () => ({
  kit: KIT.id, window: windowId, lastPlace: 0, scorecard: "", startedAt: "", page: START, isPaused: false,
  visit: null, visits: [],
  answers: Object.fromEntries(KIT.pages.map((page) => [page.id, emptyAnswer()])),
  recommendation: null, summary: "", reason: "", sealed: null,
});

let draft = emptyDraft();
let storage = "saved"; // "saving", or "refused" by the browser
let isStale = false; // another window writes
let saveTimer = 0;

const say = (key, values = {}) => KIT.texts[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const pageOf = (id) => KIT.pages.find((page) => page.id === id);
const questions = KIT.pages.filter((page) => page.competency);
for (const page of KIT.pages) Object.defineProperty(page, "answer", { get: () => draft.answers[page.id] });
questions.forEach((page, index) => { page.number = index + 1; });
const isOpen = (answer) => answer.isAssessed === null && answer.skipped === null;
const isWritten = () => Boolean(draft.startedAt);

function newId() {
  const { id, place } = idAfter(draft.lastPlace);
  draft.lastPlace = place;
  return id;
}

/* The draft of this kit in a text, whatever wrote it; null for any other text. */
function parsedDraft(text) {
  try {
    const value = JSON.parse(text);
    const isWhole = value.kit === KIT.id && KIT.pages.every((page) => value.answers[page.id].notes && value.answers[page.id].asked);
    return isWhole ? value : null;
  } catch {
    return null;
  }
}

/* Read what this device keeps. Gives false where something is kept that cannot be read. */
function readStored() {
  let text = null;
  try {
    text = localStorage.getItem(STORE);
    localStorage.setItem(`${STORE} test`, "");
    localStorage.removeItem(`${STORE} test`);
  } catch {
    storage = "refused";
  }
  const stored = text && parsedDraft(text);
  if (stored) takeDraft(stored);
  else if (text) localStorage.setItem(`${STORE} unreadable ${now()}`, text);
  return !text || Boolean(stored);
}

/* Go on with a draft that was written before, perhaps elsewhere. */
function takeDraft(value) {
  draft = { ...emptyDraft(), ...value, window: windowId };
  closeVisit(draft.visit?.seen);
  openVisit();
}

function storeNow() {
  clearTimeout(saveTimer);
  saveTimer = 0;
  if (isStale) return;
  tick();
  try {
    localStorage.setItem(STORE, JSON.stringify(draft));
    storage = "saved";
  } catch {
    storage = "refused";
  }
  showStorage();
}

/* Store what was typed, a moment after the first key that is not stored yet. */
function storeSoon() {
  if (storage === "saved") storage = "saving";
  showStorage();
  saveTimer ||= setTimeout(storeNow, SAVE_AFTER);
}

function forgetDraft() {
  clearTimeout(saveTimer);
  saveTimer = 0;
  draft = emptyDraft();
  try {
    localStorage.removeItem(STORE);
  } catch {
    storage = "refused";
  }
}

// Clocks: the time of a page is that of its visits, and pauses stand between visits.

const isTimed = () => isWritten() && !draft.sealed && !draft.isPaused && Boolean(pageOf(draft.page));

function openVisit() {
  if (!isTimed() || draft.visit) return;
  const at = now();
  draft.visit = { question: draft.page, from: at, seen: at };
}

function closeVisit(at = now()) {
  const visit = draft.visit;
  draft.visit = null;
  if (!visit || visit.from >= at) return;
  draft.visits.push({ question: visit.question, from: visit.from, to: at });
  draft.answers[visit.question].seconds += (milliseconds(at) - milliseconds(visit.from)) / 1000;
}

/* Once a second. A visit that nobody has seen for long ended when it was seen last. */
function tick() {
  if (!draft.visit) return;
  const gap = Date.now() - milliseconds(draft.visit.seen);
  if (gap > AWAY || gap < -AWAY) {
    closeVisit(draft.visit.seen);
    openVisit();
  }
  draft.visit.seen = now();
}

function secondsOf(page) {
  const visit = draft.visit;
  const running = visit?.question === page.id ? Date.now() - milliseconds(visit.from) : 0;
  return page.answer.seconds + Math.max(0, running) / 1000;
}

const secondsUsed = () => KIT.pages.reduce((sum, page) => sum + secondsOf(page), 0);

function goTo(id) {
  closeVisit();
  draft.page = id;
  openVisit();
}

function beginInterview() {
  draft.scorecard = newId();
  draft.startedAt = now();
  goTo(KIT.pages[0].id);
}

function setPaused(isPaused) {
  closeVisit();
  draft.isPaused = isPaused;
  openVisit();
}

// What is written

function addNote(page, text) {
  const answer = page.answer;
  answer.notes.push({ id: newId(), at: now(), text: storable(text), probe: answer.hanging, isMarked: false });
}

/* Change the words of a note; without words it is taken away. */
function changeNote(answer, id, text) {
  const note = answer.notes.find((entry) => entry.id === id);
  if (text.trim()) note.text = storable(text);
  else answer.notes = answer.notes.filter((entry) => entry !== note);
}

function askProbe(page, probe) {
  const answer = page.answer;
  if (!answer.asked.some((asked) => asked.id === probe.id)) {
    const { id, ask, elicits } = probe;
    answer.asked.push({ id, text: ask, elicits, at: now(), outcome: null, isOwn: false });
  }
  answer.hanging = probe.id;
}

function askOwn(page, text) {
  const answer = page.answer;
  const id = newId();
  answer.asked.push({ id, text: storable(text), elicits: [], at: now(), outcome: null, isOwn: true });
  answer.hanging = id;
}

function takeBack(page, id) {
  const answer = page.answer;
  answer.asked = answer.asked.filter((asked) => asked.id !== id);
  for (const note of answer.notes) if (note.probe === id) note.probe = "";
  answer.hanging = answer.asked.at(-1)?.id ?? "";
}

function rate(page, rating) {
  Object.assign(page.answer, { rating, isAssessed: rating !== null, skipped: null });
}

function skip(page, reason) {
  Object.assign(page.answer, { rating: null, isAssessed: null, skipped: storable(reason) });
}

/* What a reader would wonder about: a yes over low ratings, a no over high ones, else nothing. */
function doubtOf(recommendation) {
  const ratings = questions.map((page) => page.answer.rating).filter((rating) => rating !== null);
  const words = { recommendation: KIT.texts[recommendation] };
  if (!ratings.length) return recommendation?.startsWith("definitely") ? say("doubt_none", words) : "";
  const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  const [middle, aside] = [(1 + KIT.top) / 2, (KIT.top - 1) / 8];
  const isYes = recommendation === "yes" || recommendation === "definitely_yes";
  const isOdd = isYes ? mean <= middle - aside : Boolean(recommendation) && mean >= middle + aside;
  return isOdd ? say("doubt_mean", { ...words, mean: mean.toFixed(1) }) : "";
}
