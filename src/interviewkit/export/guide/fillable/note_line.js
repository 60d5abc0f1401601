/* The note line's grammar, as on the live screen: what Enter does with a line. Only a line that starts
   with a sign can be a command; a leading space or \ makes any line a note. */

const SIGNS = { "+": "new_detail", "=": "nothing_new", "!": "no_answer" };
const MOVES = { n: 1, b: -1 };

/* A command as {act, …}, {doubt: sentence}, or null for a line of nothing but white space. */
function readLine(line, page) {
  const sign = line.trim();
  if (!sign) return null;
  if (/^[ \\]/.test(line) && line.slice(1).trim()) return { act: "note", text: line.slice(1) };
  if (line.startsWith("?")) return readQuestionMark(line, page);
  if (line.startsWith("/")) return readSlash(line, page);
  if (sign in SIGNS) {
    if (!page.competency) return { doubt: say("doubt_question") };
    const hasAsked = page.answer.asked.length > 0;
    return hasAsked ? { act: "outcome", outcome: SIGNS[sign] } : { doubt: say("doubt_asked") };
  }
  if (sign === "*") {
    if (!page.competency) return { doubt: say("doubt_question") };
    return page.answer.notes.length ? { act: "mark" } : { doubt: say("doubt_note") };
  }
  return { act: "note", text: line };
}

function readQuestionMark(line, page) {
  const own = /^\?\?(?!\?)(.*)$/.exec(line);
  const digits = /^\?\s*(\d{1,3})\s*$/.exec(line);
  if (!own && !digits && line.trim() !== "?") return { act: "note", text: line };
  if (!page.competency) return { doubt: say("doubt_question") };
  if (own) {
    const text = own[1].trim();
    return text && !/^\d+$/.test(text) ? { act: "own", text } : { doubt: say("doubt_own") };
  }
  const probe = digits && page.probes.find((entry) => entry.number === Number(digits[1]));
  return probe ? { act: "ask", probe } : { doubt: say("doubt_probe") };
}

function readSlash(line, page) {
  const rated = /^\/(\d)\s*$/.exec(line);
  if (rated) {
    const rating = Number(rated[1]);
    if (!page.competency) return { doubt: say("doubt_question") };
    return rating > KIT.top ? { doubt: say("doubt_rating", { top: KIT.top }) } : { act: "rate", rating: rating || null };
  }
  const gone = /^\/q\s*(\d{1,3})\s*$/.exec(line);
  if (gone) {
    const target = questions[Number(gone[1]) - 1];
    return target ? { act: "go", page: target.id } : { doubt: say("doubt_go", { count: questions.length }) };
  }
  const worded = /^\/([A-Za-z]+)(?:\s+(.*))?$/.exec(line);
  if (!worded) return line.trim() === "/" ? { doubt: say("doubt_word") } : { act: "note", text: line };
  const [, name, argument = ""] = worded;
  if (name === "skip" && page.competency) return { act: "skip", reason: argument.trim() };
  if (name in MOVES && !argument) return { act: "move", steps: MOVES[name] };
  if (name === "end" && !argument) return { act: "go", page: WRAP_UP };
  return { doubt: say("doubt_word") };
}
