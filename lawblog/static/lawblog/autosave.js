// Nothing that is typed is lost. The server keeps a form as it is being written, until it
// is saved; this browser does only while the server does not answer, and hands it over on
// the next page of the desk.
"use strict";
{
  // Milliseconds: after so much quiet it is sent; who never pauses is not waited for longer;
  // and how soon a server is asked again that did not answer.
  const QUIET = 1200, LONGEST = 8000, AGAIN = 10000;
  // Checks and preview of a very long text take a while: so many times as long passes before
  // they are asked for again, though never more than a few seconds. It is kept meanwhile.
  const REST = 3, LONGEST_REST = 15000;
  const DAYS = 30, DAY = 24 * 3600 * 1000;
  // More than a browser sends from a page that is being closed.
  const MOST_AT_THE_END = 60000;
  const user = document.currentScript.dataset.user;
  const mine = `lawblog:typed:${user}:`;

  // Where a browser is set to store nothing, asking for it throws, or there is none.
  let storage = null;
  try {
    storage = localStorage;
  } catch { /* The form is guarded all the same. */ }

  const keys = () => Object.keys(storage ?? {}).filter((key) => key.startsWith(mine));
  const drop = (key) => storage?.removeItem(key);
  // Who presses "Save" is not to wait for ever.
  const inTime = () => AbortSignal.timeout?.(20000);
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  function post(url, body, options = {}) {
    const sent = new URLSearchParams(body);
    sent.set("csrfmiddlewaretoken", token());
    return fetch(url, { method: "POST", body: sent, credentials: "same-origin", redirect: "error", signal: inTime(), ...options });
  }

  // What the server answered; null for whatever stands before it and says it is away.
  const told = (answer) => (answer?.ok ? answer.json().catch(() => null) : null);

  function element(tag, text, properties = {}) {
    return Object.assign(document.createElement(tag), { textContent: text }, properties);
  }

  // Pages that are open in this browser hold a lock of their name.
  async function open() {
    const locks = await navigator.locks?.query().catch(() => null);
    return new Set(locks?.held.map((lock) => lock.name));
  }

  async function handOver() {
    const held = await open();
    for (const key of keys().filter((key) => !held.has(key))) {
      const { to, body, at } = JSON.parse(storage.getItem(key));
      const answer = await told(await post(to, body).catch(() => null));
      if (answer || Date.now() - at > DAYS * DAY) drop(key);
    }
  }

  function start(place) {
    const form = place.closest("form");
    const { keep: address, kept, versionToken, session, login } = place.dataset;
    const name = place.dataset.name || Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
    const key = mine + name;
    const said = document.getElementById("autosave-said");
    const announced = document.getElementById("announced");
    let editor = null, timer = 0, since = 0, flight = null, isBehind = false, isTouched = false, isAskedFor = false, restsUntil = 0, later = 0;
    // What was sent last; and what the page had when it was opened, which needs no keeping.
    let sent = "", opened = null, isLeaving = false, isTroubled = false;

    form.append(element("input", "", { type: "hidden", name: "autosave", value: name }));
    navigator.locks?.request(key, () => new Promise(() => {})).catch(() => {});

    // Words for the eye; what is new in them, or wrong, for the ear.
    function say(words, isTrouble = false) {
      if (isTrouble || isTroubled || !said.classList.contains("is-kept")) announced.textContent = words;
      said.textContent = words;
      said.classList.toggle("is-kept", !isTrouble);
      said.classList.toggle("is-trouble", isTrouble);
      isTroubled = isTrouble;
    }

    // The form as a browser sends it, without files; and what its choices are called,
    // since a list of thousands does not stand in the page.
    function fields() {
      editor?.updateElement();
      const body = new URLSearchParams(), called = {};
      for (const [field, value] of new FormData(form)) {
        if (typeof value === "string" && field !== "csrfmiddlewaretoken") body.append(field, value);
      }
      for (const list of form.querySelectorAll("select.admin-autocomplete")) {
        called[list.name] = Object.fromEntries([...list.selectedOptions].map((one) => [one.value, one.text]));
      }
      body.append("called", JSON.stringify(called));
      return body;
    }

    function touch() {
      isTouched = true;
      since ||= Date.now();
      clearTimeout(timer);
      timer = setTimeout(go, Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
    }

    // One is on its way at a time, and after it the newest alone.
    function go() {
      clearTimeout(timer);
      if (flight) {
        isBehind = true;
        return flight;
      }
      since = 0;
      isBehind = false;
      flight = keep(true).finally(() => {
        flight = null;
        if (isBehind) go();
      });
      return flight;
    }

    async function keep(asks) {
      const body = fields(), text = body.toString();
      if (text === sent && !isAskedFor) return true;
      const began = Date.now(), asksNow = asks && (isAskedFor || began >= restsUntil);
      isAskedFor = false;
      clearTimeout(later);
      if (asksNow) form.dispatchEvent(new CustomEvent("asks", { detail: body }));
      else if (asks) later = setTimeout(look, restsUntil - began);
      if (text === opened) body.append("want", "nothing kept");
      let answer = await post(address, body).catch(() => null);
      if (answer?.status === 403) {
        // Signed in anew in another tab: its forms have another token.
        const now = await ask();
        if (now?.user !== user) return away(text, now);
        form.elements.csrfmiddlewaretoken.value = now.csrf;
        answer = await post(address, body).catch(() => null);
      }
      if (answer?.status === 400) {
        say(await answer.text(), true);
        return true;
      }
      const detail = await told(answer);
      if (!detail) return away(text, await ask());
      sent = text;
      if (asksNow) restsUntil = Date.now() + Math.min(LONGEST_REST, REST * (Date.now() - began));
      drop(key);
      if (detail.saved) say(`Saved ${detail.saved} in your own copy. “Save” puts it in the article.`);
      form.dispatchEvent(new CustomEvent("answered", { detail }));
      return true;
    }

    // The server does not keep it: this browser does, until it will.
    function away(text, now) {
      const why = now
        ? now.user ? "Somebody else is signed in now." : "You were signed out."
        : "The server does not answer.";
      say(store(text)
        ? `${why} Your text is kept in this browser until the server has it.`
        : `${why} This browser is set to store nothing: leave this page open.`, true);
      // Who goes on typing is not made to wait so long.
      if (!since) timer = setTimeout(go, AGAIN);
      return false;
    }

    function store(text) {
      try {
        storage.setItem(key, JSON.stringify({ to: address, body: text, at: Date.now() }));
        return true;
      } catch {
        return false;
      }
    }

    function leave() {
      if (isLeaving || !isTouched) return;
      const text = fields().toString();
      if (text === sent || text === opened) return;
      if (isTroubled || text.length > MOST_AT_THE_END) store(text);
      post(address, text, { keepalive: text.length < MOST_AT_THE_END, signal: undefined }).catch(() => {});
    }

    function putBack(pairs) {
      const was = new URLSearchParams(pairs), called = JSON.parse(was.get("called") || "{}");
      for (const field of form.elements) {
        const values = was.getAll(field.name);
        if (!field.name || ["autosave", "csrfmiddlewaretoken", "want"].includes(field.name)) continue;
        if (["submit", "button", "file"].includes(field.type)) continue;
        if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
        else if (field.tagName === "SELECT") choose(field, values, called[field.name] ?? {});
        else if (values.length) field.value = values[0];
        if (field.name === "body" && editor) editor.setData(field.value);
        window.django?.jQuery(field).trigger("change");
      }
      touch();
    }

    function choose(field, values, called) {
      const there = new Set([...field.options].map((option) => option.value));
      values.filter((value) => !there.has(value)).forEach((value) => field.add(new Option(called[value] ?? value, value)));
      for (const option of field.options) option.selected = values.includes(option.value);
    }

    // What was kept and not saved, the newest first, on one line.
    async function offer() {
      place.replaceChildren();
      const answer = await fetch(address, { cache: "no-store", redirect: "error" }).catch(() => null);
      const held = await open(), { autosaves } = (await told(answer)) ?? { autosaves: [] };
      const [newest] = autosaves.filter((one) => one.name !== name && !held.has(mine + one.name));
      place.dataset.looked = "";
      if (newest) place.append(lineOf(newest));
    }

    function lineOf(one) {
      const box = element("section", "", { className: "desk-note offer" });
      const url = `${kept}${one.name}/`, shown = element("div", "", { hidden: true, tabIndex: 0 });
      const older = one.version_token === versionToken ? "" : " The article was saved after you began it.";
      const button = (words, act) => {
        const made = element("button", words, { type: "button", className: "button plain small" });
        made.onclick = () => act(made).catch(() => say("The server does not answer. Try again.", true));
        return made;
      };
      const read = async () => {
        const answer = await fetch(url, { cache: "no-store", redirect: "error" });
        if (!answer.ok) throw answer;
        return answer.json();
      };
      const show = button("Show the copy", async () => {
        if (shown.hidden) shown.innerHTML = (await read()).shown;
        shown.hidden = !shown.hidden;
        show.setAttribute("aria-expanded", String(!shown.hidden));
        show.textContent = shown.hidden ? "Show the copy" : "Hide the copy";
      });
      const use = button("Use it", async () => {
        putBack((await read()).fields);
        // It is let go only when the server has it as this page's.
        if (await go()) await post(url, "");
        await offer();
      });
      const away = button("Discard", async () => {
        await post(url, "");
        await offer();
      });
      show.setAttribute("aria-expanded", "false");
      shown.setAttribute("role", "region");
      shown.setAttribute("aria-label", "Your own copy");
      box.append(element("p", `Your own copy of ${one.at} is not in the article yet.${older}`), show, use, away, shown);
      return box;
    }

    // Is anybody there, and still the same person?
    async function ask() {
      try {
        const answer = await fetch(session, { cache: "no-store", redirect: "error", signal: inTime() });
        if (!answer.ok) throw answer;
        return await answer.json();
      } catch {
        return null;
      }
    }

    let isAsked = false;
    async function send(event) {
      event.preventDefault();
      if (isAsked) return;
      isAsked = true;
      clearTimeout(timer);
      await flight;
      if (isTouched) await keep(false);
      const answer = await ask();
      isAsked = false;
      if (answer?.user !== user) return wait(answer, event.submitter);
      form.elements.csrfmiddlewaretoken.value = answer.csrf;
      if (event.submitter?.name !== "_continue") return submit(event.submitter);
      isAsked = true;
      await saveHere(event.submitter);
      isAsked = false;
    }

    // Saved without leaving the page, if nothing is wrong with it.
    async function saveHere(submitter) {
      const saved = fields();
      const done = await window.saveInPlace?.(form).catch(() => null);
      if (done === null) return wait(null, submitter);
      if (!done) return submit(submitter);
      saved.delete("left_out");
      saved.set("version_token", form.elements.version_token.value);
      sent = opened = saved.toString();
      drop(key);
      isTroubled = false;
      said.classList.remove("is-kept", "is-trouble");
      announced.textContent = "Saved.";
      // Who went on typing meanwhile has more to keep.
      if (fields().toString() !== sent) touch();
    }

    // The button that was pressed goes along as a field: not every browser can send the
    // form by a button twice.
    function submit(submitter) {
      isLeaving = true;
      drop(key);
      editor?.updateElement();
      if (submitter?.name === "_continue") window.rememberPlace?.(editor);
      if (submitter?.name) form.append(element("input", "", { type: "hidden", name: submitter.name, value: submitter.value }));
      HTMLFormElement.prototype.submit.call(form);
    }

    function wait(answer, submitter) {
      const box = element("dialog", "", { className: "desk-note" });
      const why = !answer
        ? "The server does not answer. Try again in a minute."
        : answer.user
          ? "Somebody else is signed in now. Sign in again in a new tab, then come back."
          : "You were signed out. Sign in again in a new tab, then come back.";
      const again = element("button", "Save now", { type: "button", className: "button" });
      const stay = element("button", "Back to the text", { type: "button", className: "button plain" });
      again.onclick = () => { box.close(); send({ submitter, preventDefault() {} }); };
      stay.onclick = () => box.close();
      box.onclose = () => box.remove();
      box.append(element("p", `${why} Nothing is lost: your text is still here.`));
      if (answer) {
        const link = element("a", "Sign in", { href: login, target: "_blank" });
        box.append(element("p", ""), link, " ");
      }
      box.append(again, " ", stay);
      document.body.append(box);
      box.showModal();
    }

    window.CKEDITOR?.on("instanceReady", (event) => {
      if (event.editor.name !== "id_body") return;
      editor = event.editor;
      editor.on("change", () => { if (isTouched || editor.checkDirty()) touch(); });
      // Not before: the editor, while it starts, would take no text.
      begin();
      window.findPlace?.(editor);
    });
    if (!window.CKEDITOR) begin();
    function begin() {
      // A form that came back with an error is saved nowhere but here.
      if (!place.dataset.name) sent = opened = fields().toString();
      handOver().then(offer);
    }
    form.addEventListener("input", touch);
    function look() {
      isAskedFor = true;
      go();
    }
    form.addEventListener("look", look);
    // Lists and pickers of Django's tell of a change in this way alone.
    window.django?.jQuery(form).on("change", touch);
    form.addEventListener("submit", send);
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => { if (document.hidden && isTouched && !isLeaving) go(); });
    addEventListener("pageshow", (event) => { if (event.persisted) isLeaving = false; });
    return { leave: () => (isTouched ? keep(false) : Promise.resolve()), guard: () => { isLeaving = true; } };
  }

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.getElementById("autosave");
    const page = place ? start(place) : handOver();
    const out = document.getElementById("logout-form");
    // What is written stays on the server, and nothing on a computer that others use.
    out?.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (place) {
        await page.leave();
        page.guard();
      }
      keys().forEach(drop);
      HTMLFormElement.prototype.submit.call(out);
    });
  });
}
