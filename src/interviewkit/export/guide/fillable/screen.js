/* What is on the page. Every text passes through make(), which sets it as text and never as markup,
   with what would act on a reader's screen made visible. */

const HIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ud800-\udfff]/gu;
const RECOMMENDATIONS = ["definitely_not", "no", "yes", "definitely_yes"];
const FOCUSABLE = "button, input, textarea, summary";
const isTouched = matchMedia("(pointer: coarse)").matches; // where focus would open a keyboard
const WHO = [KIT.document.candidate_name, KIT.document.role_title].join(" · ");
const WHAT = [KIT.name, KIT.document.interviewer].join(" · ");
const byId = (id) => document.getElementById(id);

let doubtedLine = ""; // Enter again keeps it as a note
let canSign = true; // until the browser has tried
let shownPage = "";

const visible = (text) => String(text).replace(HIDDEN, (char) => `<U+${hex([char.codePointAt(0)], 4).toUpperCase()}>`);

/* An element, such as make("p.quiet", { id: "x" }, "text", child); without properties they may be left out.
   What is false, null or "" among the children is not there. A text runs the way its letters do. */
function make(name, ...content) {
  const [tag, className = ""] = name.split(".");
  const element = Object.assign(document.createElement(tag), { className });
  const children = content.flat(2).filter(Boolean);
  if (children[0]?.constructor === Object) Object.assign(element, children.shift());
  if (children.some((child) => typeof child === "string")) element.dir = "auto";
  element.append(...children.map((child) => (child instanceof Node ? child : visible(child))));
  return element;
}

const button = (text, onclick, properties = {}, name = "button") => make(name, { type: "button", onclick, ...properties }, text);
const plain = (text, onclick) => button(text, onclick, {}, "button.plain");
const toggle = (text, isOn, onclick, properties = {}, name = "button") =>
  button(text, () => change(onclick), { ariaPressed: String(isOn), ...properties }, name);
const lines = (text) => text.split("\n").filter((line) => line.trim()).map((line) => make("p", line));
const section = (name, title, ...children) => make(`section.${name}`, make("h3", title), ...children);
const radio = (name, isChosen, onchange, ...content) => make(`label.${isChosen ? "chosen" : ""}`,
  make("input", { type: "radio", name, checked: isChosen, onchange: () => change(onchange) }), ...content);
const textField = (label, properties, tag = "input") => make("label.field", label, make(tag, { dir: "auto", ...properties }));
const chooseFile = () => byId("file").click();
const two = (number) => String(Math.floor(number)).padStart(2, "0");
const clockText = (seconds) => `${two(seconds / 60)}:${two(seconds % 60)}`;
const timeOf = (stamp) => make("time", new Date(stamp).toLocaleTimeString(KIT.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
const titleOf = (page) => page.title ?? KIT.texts[page.id.slice(1)];
const byTime = (answer, notes) => [...notes, ...answer.asked].sort((a, b) => (a.at < b.at ? -1 : 1));

function tell(sentence) {
  byId("toast").replaceChildren(visible(sentence));
}

/* Do what changes the interview, store it and show it. */
function change(action) {
  action();
  storeNow();
  render();
}

// The head and the rail

function buildHead() {
  Object.assign(document.documentElement, { lang: KIT.language, dir: KIT.direction });
  document.title = visible(WHO);
  byId("head").append(
    make("div.who", make("h1", WHO), make("p", WHAT)), make("p", { id: "saved", role: "status" }),
    make("div", { id: "clock" }, make("span", { id: "page-time" }), make("span", { id: "whole-time" }),
      button("", () => change(() => setPaused(!draft.isPaused)), { id: "pause" })),
    make("details", { id: "menu", onclick: (event) => { if (event.target.type) byId("menu").open = false; } },
      make("summary", say("menu")), make("div", button(say("save_draft"), saveDraft), button(say("load"), chooseFile),
        button(say("print"), () => print()), button(say("forget"), askToForget))),
    make("input", { id: "file", type: "file", accept: ".json", hidden: true, onchange: loadDraft }));
  byId("rail").ariaLabel = say("pages");
  byId("line").ariaLabel = say("note");
  byId("add").append(say("add"));
}

function showStorage() {
  if (byId("saved").className === storage) return; // a screen reader speaks every change
  byId("saved").className = storage;
  byId("saved").replaceChildren(say(storage));
}

function showTime(id, used, minutes) {
  const isOver = used > minutes * 60;
  const text = say("of", { used: clockText(used), planned: clockText(minutes * 60) });
  byId(id).className = isOver ? "over" : "";
  byId(id).replaceChildren(isOver ? `${text} ${say("over")}` : text);
}

function showClock() {
  const page = pageOf(draft.page);
  byId("clock").hidden = !isWritten() || Boolean(draft.sealed);
  byId("page-time").hidden = !page;
  if (page) showTime("page-time", secondsOf(page), page.minutes);
  showTime("whole-time", secondsUsed(), KIT.minutes);
}

function stateWords(answer) {
  if (answer.skipped !== null) return say("skipped", { reason: answer.skipped });
  if (answer.isAssessed === null) return say("open");
  return answer.isAssessed ? say("rated", { rating: answer.rating }) : say("not_assessed");
}

function railEntry(id, sign, title, state, words) {
  const ariaLabel = visible([sign, title, words].filter(Boolean).join(" · "));
  return make("li", button([make("b", sign), make("span", title), make("i", state)], () => open(id),
    { ariaLabel, ariaCurrent: draft.page === id ? "step" : "false" }));
}

function renderRail() {
  const entries = KIT.pages.map((page) => {
    const { rating, notes, asked, isAssessed, skipped } = page.answer;
    const begun = notes.length || asked.length ? "…" : "";
    const state = isAssessed === null && skipped === null ? begun : String(rating ?? "–");
    if (!page.competency) return railEntry(page.id, "·", titleOf(page), "", "");
    return railEntry(page.id, String(page.number), page.title, state, stateWords(page.answer));
  });
  byId("rail").replaceChildren(make("ol", entries, railEntry(WRAP_UP, "✓", say("wrap_up"), "", "")));
}

// A page of the interview

function renderPage(page) {
  const answer = page.answer;
  const notes = section("notes", say("notes"), noteList(page));
  if (!page.competency) {
    const spoken = make("section.question", make("p.quiet", `${titleOf(page)} · ${say("say")}`), make("blockquote", lines(page.say)));
    return [spoken, notes, moves(page)];
  }
  const place = say("question_of", { number: page.number, count: questions.length });
  const skipped = answer.skipped !== null && make("p.notice", stateWords(answer), " ",
    button(say("unskip"), () => change(() => { answer.skipped = null; })));
  const question = make("section.question", make("p.quiet", `${place} · ${page.title}`), make("h2", page.ask), page.play && rolePlay(page.play), skipped);
  return [question, notes, probes(page), ratingBox(page), moves(page)];
}

const rolePlay = (play) => [
  make("details", make("summary", say("give")), make("blockquote", lines(play.handout))),
  make("details", { open: true }, make("summary", say("plays", { name: play.name })), lines(play.brief)),
];

function noteList(page) {
  const entries = byTime(page.answer, page.answer.notes.filter((note) => !note.probe));
  if (!entries.length) return make("p.quiet", say("no_notes"));
  return make("ol.entries", entries.map((entry) => (entry.elicits ? askedEntry(page, entry) : noteRow(entry))));
}

function noteRow(note) {
  const flip = () => { note.isMarked = !note.isMarked; };
  return make(`li.${note.isMarked ? "marked" : ""}`, timeOf(note.at), make("span", note.text),
    toggle(note.isMarked ? "★" : "☆", note.isMarked, flip, { title: say("mark"), ariaLabel: say("mark") }, "button.icon"),
    button("✎", () => beginChange(note), { title: say("change"), ariaLabel: say("change") }, "button.icon"));
}

function askedEntry(page, asked) {
  const { answer } = page;
  const hanging = answer.notes.filter((note) => note.probe === asked.id);
  const choose = (outcome) => () => { asked.outcome = asked.outcome === outcome ? null : outcome; };
  const outcomes = Object.entries(SIGNS).map(([sign, outcome]) =>
    toggle(`${sign} ${say(outcome)}`, asked.outcome === outcome, choose(outcome)));
  const sign = `?${page.probes.find((probe) => probe.id === asked.id)?.number ?? "?"}`;
  return make(`li.${asked.id === answer.hanging ? "current" : "asked"}`, timeOf(asked.at), make("span", make("b", `${sign} `), make("bdi", asked.text)),
    make("div.outcomes", { role: "group", ariaLabel: say("outcome") }, outcomes,
      !hanging.length && !asked.outcome && plain(say("take_back"), () => change(() => takeBack(page, asked.id)))),
    hanging.length > 0 && make("ol", hanging.map(noteRow)));
}

function probes(page) {
  const entry = (probe) => {
    const isAsked = page.answer.asked.some((asked) => asked.id === probe.id);
    const about = isAsked ? say("asked") : probe.elicits.map((element) => LABELS[ELEMENTS.indexOf(element)]).join(", ");
    return make("li", button([make("b", `?${probe.number}`), make(isAsked ? "span.quiet" : "span", probe.ask), make("small", about)],
      () => { change(() => askProbe(page, probe)); focusLine(); }));
  };
  const points = ["listen_for", "watch_for"].map((name) => page[name] && [make("h3", say(name)), make("ul", page[name].map((text) => make("li", text)))]);
  const askTyped = (event) => {
    event.preventDefault();
    const text = byId("own").value.trim();
    if (text) change(() => askOwn(page, text));
    focusLine();
  };
  const own = make("form.line", { onsubmit: askTyped },
    make("input", { id: "own", dir: "auto", placeholder: say("own"), ariaLabel: say("own") }), make("button", say("ask")));
  return section("probes", say("probes"), make("ol", page.probes.map(entry)), own, points);
}

function ratingBox(page) {
  const { answer } = page;
  const points = Array.from({ length: KIT.top }, (_, index) => index + 1);
  return make("fieldset.rating", make("legend", say("rating")), make("div",
    points.map((point) => radio("rating", answer.rating === point, () => rate(page, point), make("b", String(point)), make("span", page.anchors[point] ?? KIT.scale?.[point]))),
    radio("rating", answer.isAssessed === false, () => rate(page, null), make("b", "–"), make("span", say("not_assessed")))));
}

const moves = (page) => make("p.moves", button(say("back"), () => move(-1), { disabled: page === KIT.pages[0] }),
  page.competency && page.answer.skipped === null && plain(say("skip"), () => askToSkip(page)), primary(say("next"), () => move(1)));
const primary = (text, onclick, properties = {}) => button(text, onclick, properties, "button.primary");

// The note line

function showLine(page) {
  byId("entry").hidden = !page;
  if (!page) return;
  const answer = page.answer;
  if (byId("line").value !== answer.line) byId("line").value = answer.line;
  byId("line").placeholder = say(page.competency ? "note_hint" : "note");
  byId("editing").replaceChildren(answer.edited && say("changing"));
  if (shownPage !== page.id) focusLine();
}

function focusLine() {
  if (!isTouched) byId("line").focus({ preventScroll: true });
}

function beginChange(note) {
  change(() => Object.assign(pageOf(draft.page).answer, { line: note.text, edited: note.id }));
  byId("line").focus();
}

const clearLine = (answer) => Object.assign(answer, { line: "", edited: "" });

function enterLine() {
  const page = pageOf(draft.page);
  const answer = page.answer;
  const text = byId("line").value;
  if (answer.edited) {
    change(() => {
      changeNote(answer, answer.edited, text);
      clearLine(answer);
    });
    return;
  }
  let command = readLine(text, page);
  if (command?.doubt && doubtedLine === text) command = { act: "note", text };
  doubtedLine = command?.doubt ? text : "";
  if (command?.doubt) tell(`${command.doubt} ${say("as_note")}`);
  else if (command) change(() => { clearLine(answer); carryOut(command, page, answer); });
}

function carryOut(command, page, answer) {
  const [lastNote, asked] = [answer.notes.at(-1), answer.asked.find((entry) => entry.id === answer.hanging)];
  const actions = {
    note: () => addNote(page, command.text),
    ask: () => askProbe(page, command.probe),
    own: () => askOwn(page, command.text),
    rate: () => rate(page, command.rating),
    go: () => goTo(command.page),
    move: () => goTo(neighbour(command.steps)),
    skip: () => (command.reason ? skip(page, command.reason) : askToSkip(page)),
    outcome: () => { asked.outcome = command.outcome; },
    mark: () => { lastNote.isMarked = !lastNote.isMarked; },
  };
  actions[command.act]();
}

function neighbour(steps) {
  const index = KIT.pages.findIndex((page) => page.id === draft.page);
  return KIT.pages[Math.max(0, (index < 0 ? KIT.pages.length : index) + steps)]?.id ?? WRAP_UP;
}

const open = (id) => change(() => goTo(id));
const move = (steps) => open(neighbour(steps));

// Start, wrap-up, and what is sealed

const warnings = () => [
  storage === "refused" && "refused_why", !canSeal() && "cannot_seal", !KIT.key && "no_key", KIT.key && canSeal() && !canSign && "cannot_sign",
].filter(Boolean).map((key) => make("p.notice", say(key)));

function renderStart() {
  return make("section.sheet", make("p.quiet", `${say("kit")} · ${say("prepared", { interviewer: KIT.document.interviewer })}`),
    make("h2", WHO), make("p.quiet", [KIT.name, say("count", { count: questions.length }), say("minutes", { minutes: KIT.minutes })].join(" · ")),
    KIT.card && make("div.card", make("h3", say("card")), lines(KIT.card)), make("p", say("how")), make("p", say("how_end")), warnings(),
    make("p.moves", plain(say("load"), chooseFile), primary(say("begin"), () => change(beginInterview), { id: "begin" })));
}

/* What is open at a question, in words. */
function gapsOf(page) {
  const { asked } = page.answer;
  const missing = asked.filter((probe) => !probe.outcome).map((probe) => say("no_outcome", { probe: probe.text }));
  return isOpen(page.answer) ? [say("no_rating"), ...missing] : missing;
}

function renderWrapUp() {
  const doubt = doubtOf(draft.recommendation);
  const oninput = (event) => { draft[event.target.id] = storable(event.target.value); storeSoon(); };
  const gap = (page) => make("li", plain(`${page.number} · ${page.title}`, () => open(page.id)), make("span.quiet", gapsOf(page).join("; ")));
  const gaps = questions.filter((page) => gapsOf(page).length).map(gap);
  return make("section.sheet", make("h2", say("wrap_up")),
    make("div", make("h3", say("left_open")), gaps.length ? make("ul", gaps) : make("p.quiet", say("nothing_open"))),
    make("fieldset.choice", make("legend", say("recommendation")), RECOMMENDATIONS.map((name) =>
      radio("recommendation", draft.recommendation === name, () => { draft.recommendation = name; }, say(name)))),
    doubt && textField(`${doubt} ${say("why")}`, { id: "reason", value: draft.reason, oninput }),
    textField(say("summary"), { id: "summary", rows: 7, value: draft.summary, oninput }, "textarea"), warnings(),
    make("p.moves", button(say("back"), () => move(-1)), primary(say("seal"), askToSeal, { id: "seal", disabled: !canSeal() })));
}

function renderSealed() {
  const { at, sha256, isSigned } = draft.sealed;
  const time = new Date(at).toLocaleString(KIT.language, { dateStyle: "long", timeStyle: "short" });
  return make("section.sheet", make("h2", say("sealed")), make("p", `${say("sealed_at", { time })} ${say(isSigned ? "signed" : "unsigned")}`),
    make("p.quiet", sha256), make("p", say("sealed_next")),
    make("p.moves", plain(say("forget"), askToForget), button(say("print"), () => print()), primary(say("save_file"), saveSealed, { id: "save" })));
}

async function askToSeal() {
  const doubt = doubtOf(draft.recommendation);
  if (!draft.recommendation || (doubt && !draft.reason.trim())) {
    tell(say(draft.recommendation ? "need_reason" : "need_recommendation"));
    (byId("reason") ?? document.querySelector("[name=recommendation]")).focus();
    return;
  }
  const unrated = questions.filter((page) => isOpen(page.answer)).map((page) => page.number);
  const count = questions.flatMap((page) => page.answer.asked).filter((asked) => !asked.outcome).length;
  const sentences = [unrated.length && say("seal_open", { numbers: unrated.join(", ") }), count && say("seal_outcomes", { count }), say("seal_text")];
  if (!(await confirmed(say("seal_title"), sentences, say("seal")))) return;
  closeVisit();
  if (!doubt) draft.reason = ""; // it spoke of another recommendation
  const at = now();
  const sealed = await sealedLines(scorecardDocument(at));
  change(() => { draft.sealed = { at, ...sealed }; });
  saveSealed();
}

async function askToSkip(page) {
  const reason = await confirmed(say("skip"), [], say("skip"), say("skip_why"));
  if (reason) change(() => skip(page, reason));
}

async function askToForget() {
  const sentences = [isWritten() && !draft.sealed && say("forget_unsealed"), say("forget_text")];
  if (!(await confirmed(say("forget"), sentences, say("forget")))) return;
  forgetDraft();
  render();
}

// Files and paper

function saveFile(ending, text) {
  const name = `${WHO} ${KIT.document.interviewer}`.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80) + ending;
  const href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = make("a", { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
  tell(say("file_saved", { name }));
}

const saveSealed = () => saveFile(".ikc", draft.sealed.text);
const saveDraft = () => {
  tick();
  saveFile(".draft.json", JSON.stringify(draft));
};

async function loadDraft(event) {
  const text = await event.target.files[0].text();
  event.target.value = "";
  const loaded = parsedDraft(text);
  if (!loaded) tell(say("load_other"));
  else if (!isWritten() || (await confirmed(say("load"), [say("load_text")], say("load")))) change(() => takeDraft(loaded));
}

function fillPaper() {
  const row = (entry) => make("li", timeOf(entry.at), ` ${entry.isMarked ? "★ " : ""}${entry.text}`, entry.elicits && ` (${entry.outcome ? say(entry.outcome) : "–"})`);
  const part = (page) => make("section", make("h2", titleOf(page)), make("p", page.ask),
    make("ul", byTime(page.answer, page.answer.notes).map(row)), page.competency && make("p", `${say("rating")}: ${stateWords(page.answer)}`));
  byId("paper").replaceChildren(make("h1", WHO), make("p", `${WHAT} · ${draft.startedAt.slice(0, 10)}`), ...KIT.pages.map(part),
    make("section", make("h2", say("recommendation")), make("p", draft.recommendation && say(draft.recommendation)), lines(draft.reason), lines(draft.summary), make("p", draft.sealed?.sha256)));
}

/* Ask before doing something. Gives false, true or, with a label for a field, what was typed in it. */
function confirmed(title, sentences, yes, label = "") {
  const dialog = byId("dialog");
  return new Promise((resolve) => {
    const end = (value) => { dialog.close(); resolve(value); };
    const accept = () => {
      const text = byId("typed")?.value.trim();
      if (text !== "") end(text ?? true);
    };
    dialog.oncancel = () => resolve(false);
    dialog.onkeydown = (event) => {
      if (event.key !== "Enter" || event.target.id !== "typed") return;
      event.preventDefault(); // else it would also press the button that gets the focus back
      accept();
    };
    dialog.replaceChildren(make("h2", title), ...lines(sentences.filter(Boolean).join("\n")), label && textField(label, { id: "typed" }),
      make("p.moves", button(say("not_yet"), () => end(false)), primary(yes, accept, { id: "accept" })));
    dialog.showModal();
  });
}

// Showing and starting

function render() {
  const page = pageOf(draft.page);
  const isStarted = isWritten() && !draft.sealed;
  const places = () => [...document.querySelectorAll(FOCUSABLE)];
  const focused = places().indexOf(document.activeElement);
  document.body.className = [isStarted && "begun", isStarted && page && "live", !page?.competency && "spoken"].join(" ");
  byId("rail").hidden = !isStarted;
  if (isStarted) renderRail();
  if (draft.sealed) byId("page").replaceChildren(renderSealed());
  else if (!isStarted) byId("page").replaceChildren(renderStart());
  else byId("page").replaceChildren(...(page ? renderPage(page).flat() : [renderWrapUp()]));
  byId("pause").replaceChildren(say(draft.isPaused ? "resume" : "pause"));
  showLine(isStarted && page);
  showClock();
  showStorage();
  if (shownPage !== draft.page) {
    scrollTo(0, 0);
    tell("");
    if (!page || isTouched) byId("page").focus({ preventScroll: true });
    document.querySelector("[aria-current=step]")?.scrollIntoView({ block: "nearest" });
  } else if (document.activeElement === document.body) {
    places()[focused]?.focus({ preventScroll: true });
  }
  document.querySelector(".notes")?.scrollTo(0, 1e6);
  shownPage = draft.page;
}

/* Another window of this browser goes on with the interview: what is typed here would be lost. */
async function yieldToWindow(event) {
  if (event.key !== STORE || isStale || !event.newValue || JSON.parse(event.newValue).window === windowId) return;
  isStale = true;
  while (!(await confirmed(say("elsewhere"), [say("elsewhere_text")], say("continue_here"))));
  isStale = false;
  readStored();
  change(() => {});
}

function pasteNotes(event) {
  const pasted = event.clipboardData.getData("text").split(/\r?\n/).filter((line) => line.trim());
  if (pasted.length < 2 || byId("line").value) return;
  event.preventDefault();
  change(() => pasted.forEach((line) => addNote(pageOf(draft.page), line)));
}

function pressKey(event) {
  const answer = pageOf(draft.page)?.answer;
  if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    storeNow();
  } else if (byId("dialog").open || !isWritten() || draft.sealed) {
    return;
  } else if (event.key === "Escape" && answer?.edited) {
    change(() => clearLine(answer));
  } else if (event.key.startsWith("Page") && event.target.id !== "summary") {
    event.preventDefault();
    move(event.key === "PageDown" ? 1 : -1);
  }
}

function typeNote() {
  pageOf(draft.page).answer.line = byId("line").value;
  tell("");
  storeSoon();
}

function listen() {
  byId("entry").onsubmit = (event) => { event.preventDefault(); enterLine(); };
  byId("line").oninput = typeNote;
  byId("line").onpaste = pasteNotes;
  onkeydown = pressKey;
  onstorage = yieldToWindow;
  onpagehide = () => { if (isWritten()) storeNow(); };
  onbeforeunload = (event) => { if (storage === "refused" && isWritten() && !draft.sealed) event.preventDefault(); };
  onbeforeprint = fillPaper;
  let seconds = 0;
  setInterval(() => {
    tick();
    showClock();
    seconds += 1;
    if (draft.visit && seconds % 10 === 0) storeNow(); // so much of the clocks may be lost with the power
  }, 1000);
}

async function start() {
  const isReadable = readStored();
  buildHead();
  listen();
  if (isWritten()) storeNow(); // another window learns that it goes on here
  render();
  if (!isReadable) tell(say("unreadable"));
  canSign = Boolean(await signingKey());
  if (!canSign) render();
}

start();
