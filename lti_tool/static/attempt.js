// The pages of an attempt: what was typed outlives a reload, an answer outlives a broken line, time is counted, leaving
// the page of a focus test is noticed, and nothing stays behind on a shared computer. Every page works without this.
(() => {
  "use strict";
  // The browser must not show a page of before from its memory: whose session it was may be over.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const mine = "pix-lti ";
  const place = document.querySelector("[data-attempt]")?.dataset;
  const key = mine + (place ? `${place.attempt} ${place.question || ""}` : "-");
  // Storage may be blocked: then nothing is kept, and all else works.
  const stored = (use) => { try { return use(sessionStorage); } catch { return null; } };
  const forget = (others) => stored((box) => Object.keys(box).forEach((name) => {
    if (name.startsWith(mine) && !(others && name.startsWith(key))) box.removeItem(name);
  }));
  forget(true);
  addEventListener("submit", ({ target }) => { if (/\/exit(\?|$)/.test(target.getAttribute("action"))) forget(false); });

  const form = document.getElementById("answer");
  if (!form) return;
  // A question shown in answer to a form has the question's address, so that a reload asks for it and sends nothing.
  history.replaceState(null, "", location.pathname.replace(/\/(answer|language)$/, "") + location.search);
  const line = document.getElementById("line");
  const say = (text) => { document.getElementById("said").textContent = text; };
  const warn = (text) => {
    line.hidden = !text;
    line.lastElementChild.textContent = text;
    say(text);
  };

  // What is typed is kept under its attempt and question; `sent` says that Validate or Skip was pressed.
  const fields = () => [...new FormData(form)].filter(([name]) => name !== "ticket");
  const keep = (sent) => stored((box) => box.setItem(key, JSON.stringify({ given: fields(), sent })));
  form.addEventListener("input", () => keep(""));
  const put = (given) => [...form.elements].forEach((one) => {
    const values = given.filter(([name]) => name === one.name).map(([, value]) => value);
    if (/radio|checkbox/.test(one.type)) one.checked = values.includes(one.value);
    else if (values.length && /text|select/.test(one.type)) one.value = values[0];
  });

  // An answer goes by a request of its own, so that a line that breaks costs nothing: it is sent until it arrives, and
  // the server takes it once. What is refused is sent again as a plain form, whose page says why.
  let busy = false;
  const plain = (action) => {
    keep("");
    const pressed = Object.assign(document.createElement("input"), { type: "hidden", name: "action", value: action });
    form.append(pressed);
    HTMLFormElement.prototype.submit.call(form);
  };
  const post = async (action, given, wait) => {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), 30000);
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST",
        body: new URLSearchParams([...given, ["action", action], ["ticket", form.elements.ticket.value]]),
        headers: { Accept: "application/json" },
        signal: limit.signal,
      });
      if (answer.status > 499) throw answer;
      if (!answer.ok) return plain(action);
      const { next } = await answer.json();
      warn("");
      forget(false);
      location.assign(next);
    } catch {
      warn(form.dataset.kept);
      let again = () => { again = () => {}; post(action, given, Math.min(2 * wait, 30000)); };
      setTimeout(() => again(), wait);
      addEventListener("online", () => again(), { once: true });
    } finally {
      clearTimeout(timer);
    }
  };
  const send = (action) => {
    if (busy) return;
    busy = true;
    keep(action);
    post(action, fields(), 2000);
    form.inert = true;
  };
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "action") return;
    event.preventDefault();
    send(event.submitter.value);
  });
  addEventListener("offline", () => { if (!busy) warn(form.dataset.offline); });
  addEventListener("online", () => { if (!busy) warn(""); });

  // Time counts from what the server says is left, never by this device's clock, and ends with what was typed.
  const timer = document.getElementById("timer");
  let ends = 0, before = Infinity;
  const now = () => performance.now() / 1000;
  const pad = (value, length) =>
    value.toLocaleString(timer.dataset.locale, { minimumIntegerDigits: length, useGrouping: false });
  const tick = () => {
    const left = Math.max(0, Math.ceil(ends - now()));
    document.getElementById("left").textContent = `${pad(Math.floor(left / 60), 1)}:${pad(left % 60, 2)}`;
    timer.classList.toggle("last", left <= 60);
    for (const mark of [300, 60, 10, 0]) if (before > mark && left <= mark && before < Infinity) say(timer.dataset[`say${mark}`]);
    before = left;
    if (left) return;
    clearInterval(ticking);
    if (fields().some(([, value]) => value)) send("validate");
    else if (!busy) location.assign(form.dataset.over);
  };
  let ticking = 0;
  if (timer) {
    const began = performance.getEntriesByType("navigation")[0]?.responseStart || 0;
    ends = began / 1000 + Number(timer.dataset.left);
    ticking = setInterval(tick, 1000);
    tick();
    const hidden = mine.trim() + "-timer";
    timer.open = !stored((box) => box.getItem(hidden));
    timer.addEventListener("toggle", () => stored((box) => timer.open ? box.removeItem(hidden) : box.setItem(hidden, "1")));
  }

  // Is the session alive, and how much time is left? Asked when the page comes back into view, and every five minutes of
  // work; once after a long idleness, so that an abandoned screen shows nothing.
  const ask = async () => {
    try {
      const answer = await fetch(form.dataset.clock);
      if (/40[134]/.test(answer.status)) location.reload();
      const { left } = answer.ok ? await answer.json() : {};
      if (timer && left != null) ends = now() + left;
    } catch { /* the line is broken: later */ }
  };
  let active = now(), asked = active, left = false;
  const work = () => { active = now(); left = false; };
  for (const kind of ["input", "keydown", "pointerdown"]) addEventListener(kind, work, true);
  setInterval(() => {
    const idle = now() - active > 60 * form.dataset.idle + 360;
    if (active <= asked && (!idle || left)) return;
    asked = now();
    left = idle;
    ask();
  }, 300000);
  addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

  // A focus test: away is another window, another tab, a dark screen; not the files and pages of the question itself.
  if (form.dataset.absence) {
    let left = 0, here = false, meant = false;
    const tell = () => {
      const seconds = now() - left;
      left = 0;
      if (seconds < 1) return;
      navigator.sendBeacon(form.dataset.absence, new URLSearchParams({ ticket: form.elements.ticket.value, seconds }));
      const note = document.getElementById("away");
      note.hidden = false;
      say(note.textContent);
    };
    const look = () => setTimeout(() => {
      const away = document.hidden || !document.hasFocus();
      if (away && here && !left && !meant) left = now();
      if (!away) {
        here = true;
        meant = false;
        if (left) tell();
      }
    });
    for (const kind of ["blur", "focus", "visibilitychange"]) addEventListener(kind, look);
    addEventListener("click", ({ target }) => { if (target.closest(".shown a")) meant = true; }, true);
    addEventListener("pagehide", () => { if (left) tell(); });
    look();
  }

  const kept = stored((box) => JSON.parse(box.getItem(key)));
  if (kept) {
    put(kept.given);
    if (kept.sent) send(kept.sent);
  }
})();
