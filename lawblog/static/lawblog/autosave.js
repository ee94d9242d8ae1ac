// Text that is being written is kept in this browser until it is saved.
// On every page of the desk: drops what was saved, and on log-out all of this person's.
"use strict";
{
  const SECONDS = 3, DAYS = 30;
  // The name of older versions, so that what a browser holds is found again.
  const mine = `lawblog:kept:${document.currentScript.dataset.user}:`;
  const user = document.currentScript.dataset.user;

  // Where a browser is set to store nothing, asking for it throws, or there is none.
  let storage = null;
  try {
    storage = localStorage;
  } catch { /* Nothing is kept; the form is guarded all the same. */ }

  const keys = (start) => Object.keys(storage ?? {}).filter((key) => key.startsWith(start));
  const read = (key) => JSON.parse(storage.getItem(key));
  const drop = (key) => storage.removeItem(key);

  function dropSaved() {
    const saved = document.cookie.match(/(?:^|; )autosave_saved=([a-z0-9]+)/);
    if (!saved) return;
    keys(mine).filter((key) => key.endsWith(`:${saved[1]}`)).forEach(drop);
    document.cookie = "autosave_saved=; Max-Age=0; path=/admin/";
  }

  function element(tag, text, properties = {}) {
    return Object.assign(document.createElement(tag), { textContent: text }, properties);
  }

  function start(place) {
    const form = place.closest("form");
    const { post, versionToken, session, login } = place.dataset;
    let key = `${mine}${post}:${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    let editor = null, edited = false, body = null, last = "";

    const token = element("input", "", { type: "hidden", name: "autosave" });
    form.append(token);
    const use = (name) => {
      key = name;
      token.value = name.split(":").pop();
      // Held while this page is open, so that another tab does not offer its text.
      navigator.locks?.request(name, () => new Promise(() => {})).catch(() => {});
    };

    const copies = () => keys(`${mine}${post}:`);
    const fields = () => [...form.elements].filter((field) =>
      field.name && !["hidden", "submit", "button", "file"].includes(field.type));
    const value = (field) =>
      field.name === "body" ? text(field)
        : field.type === "checkbox" ? field.checked
        : field.multiple ? [...field.selectedOptions].map((option) => [option.value, option.text])
        : field.value;
    const plain = (words) => typeof words === "string" ? words.replace(/\r/g, "").trim() : words;
    // Asking the editor costs time on a long article, so only when it changed.
    function text(field) {
      if (!editor) return plain(field.value);
      if (edited || editor.mode === "source") [body, edited] = [editor.getData(), false];
      return plain(body ?? field.value);
    }
    const written = () => JSON.stringify(
      Object.fromEntries(fields().map((field) => [field.name, plain(value(field))])));

    function keep() {
      const now = written();
      if (now === last) return;
      last = now;
      if (!storage) {
        say("This browser is set to store nothing, so it keeps no copy of your text. Save it often.");
        return;
      }
      try {
        storage.setItem(key, JSON.stringify({ at: Date.now(), seen: versionToken, fields: now }));
      } catch {
        say("This browser is full and keeps no copy of your text. Save it soon.");
      }
    }

    function say(sentence) {
      place.querySelector(".told")?.remove();
      place.append(element("p", sentence, { className: "told", role: "status" }));
    }

    function putBack(copy) {
      const told = JSON.parse(copy.fields);
      for (const field of fields().filter((field) => field.name in told)) {
        const was = told[field.name];
        if (field.name === "body" && editor) editor.setData(was);
        else if (field.type === "checkbox") field.checked = was;
        else if (field.multiple) choose(field, was);
        else field.value = was;
        window.django?.jQuery(field).trigger("change");
      }
      // The lock shall compare with what this text was begun from.
      if (form.elements.version_token && copy.seen) form.elements.version_token.value = copy.seen;
    }

    function choose(field, chosen) {
      const there = new Set([...field.options].map((option) => option.value));
      chosen.filter(([id]) => !there.has(id)).forEach(([id, name]) => field.add(new Option(name, id)));
      const ids = new Set(chosen.map(([id]) => id));
      for (const option of field.options) option.selected = ids.has(option.value);
    }

    function offer(name, copy) {
      const at = new Date(copy.at), told = JSON.parse(copy.fields);
      const today = at.toDateString() === new Date().toDateString();
      const day = today ? "" : `${at.toLocaleDateString()}, `;
      const when = day + at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      const words = new DOMParser().parseFromString(told.body || "", "text/html").body.textContent;
      const box = element("section", "", { className: "desk-note autosave" });
      box.append(
        element("p", `Text from ${when} that was not saved.`),
        element("p", `“${told.title || "Without a title"}” ${words.trim().slice(0, 200)}`, { className: "help" }),
      );
      if (copy.seen !== versionToken) {
        box.append(element("p", "The article was saved after this text was begun. Compare the two before you save over it."));
      }
      const back = element("button", "Put it back", { type: "button", className: "button" });
      const away = element("button", "Discard", { type: "button", className: "button" });
      back.onclick = () => { putBack(copy); drop(name); box.remove(); keep(); };
      away.onclick = () => { drop(name); box.remove(); };
      box.append(back, " ", away);
      place.append(box);
    }

    async function offerAll() {
      const open = await navigator.locks?.query().catch(() => null);
      const held = new Set(open?.held.map((lock) => lock.name));
      for (const name of copies().filter((name) => name !== key && !held.has(name))) {
        const copy = read(name);
        const old = Date.now() - copy.at > DAYS * 24 * 3600 * 1000;
        if (old || copy.fields === last) drop(name);
        else offer(name, copy);
      }
      place.dataset.looked = "";
    }

    // Before the form is sent: is anybody there, and still the same person?
    async function ask() {
      try {
        const answer = await fetch(session, { cache: "no-store", redirect: "error" });
        if (!answer.ok) throw answer;
        return await answer.json();
      } catch {
        return null;
      }
    }

    let asked = false;
    async function send(event) {
      if (asked) return;
      event.preventDefault();
      keep();
      const { submitter } = event, answer = await ask();
      if (answer?.user === user) {
        form.elements.csrfmiddlewaretoken.value = answer.csrf;
        asked = true;
        form.requestSubmit(submitter);
        asked = false;
      } else {
        wait(answer, submitter);
      }
    }

    function wait(answer, submitter) {
      const box = element("dialog", "", { className: "desk-note" });
      const why = !answer
        ? "The server does not answer. Try again in a minute."
        : answer.user
          ? "Somebody else is signed in now. Sign in again in a new tab, then come back."
          : "You were signed out. Sign in again in a new tab, then come back.";
      const again = element("button", "Save now", { type: "button", className: "button" });
      const stay = element("button", "Back to the text", { type: "button", className: "button" });
      again.onclick = () => { box.close(); form.requestSubmit(submitter); };
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

    last = written();
    // A form that came back with an error goes on with the copy that it was sent with.
    const refused = document.querySelector(".errornote");
    use((refused && copies().find((name) => read(name).fields === last)) || key);
    window.CKEDITOR?.on("instanceReady", (event) => {
      if (event.editor.name !== "id_body") return;
      editor = event.editor;
      editor.on("change", () => { edited = true; });
      // Not before: the editor, while it starts, would take no text.
      offerAll();
    });
    if (!window.CKEDITOR) offerAll();
    form.addEventListener("submit", send);
    setInterval(keep, SECONDS * 1000);
    addEventListener("pagehide", keep);
  }

  dropSaved();
  document.addEventListener("DOMContentLoaded", () => {
    const leave = document.getElementById("logout-form");
    leave?.addEventListener("submit", () => keys(mine).forEach(drop));
    const place = document.getElementById("autosave");
    if (place) start(place);
  });
}
