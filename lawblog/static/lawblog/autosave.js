// The server keeps a form as it is being written, until it is saved; browser_copies.js does
// while the server does not answer.
"use strict";
{
  const { user, keep: keepHere, drop, post, told, whoIsThere, why, hold, element } = window.desk;
  // Milliseconds: after so much quiet it is sent; who never pauses is not waited for longer;
  // and how soon a server is asked again that did not answer.
  const QUIET = 1200, LONGEST = 8000, AGAIN = 10000;
  // Checks and preview of a very long text take a while: so many times as long passes before
  // they are asked for again, though never more than a few seconds. It is kept meanwhile.
  const REST = 3, LONGEST_REST = 15000;
  // More than a browser sends from a page that is being closed.
  const MOST_AT_THE_END = 60000;

  function start(place) {
    const form = place.closest("form");
    const { keep: address, login } = place.dataset;
    const name = place.dataset.name || Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
    const said = document.getElementById("autosave-said");
    const announced = document.getElementById("announced");
    let editor = null, timer = 0, since = 0, flight = null, next = null, isTouched = false, isAskedFor = false, restsUntil = 0, later = 0;
    // What was sent last; and what the page had when it was opened, which needs no keeping.
    let sent = "", opened = null, isLeaving = false, isTroubled = false;
    let pressed = null; // the last button, while it is seen to

    const page = { place, form, name, say, touch, go, get editor() { return editor; } }; // for own_copies.js
    form.append(element("input", "", { type: "hidden", name: "autosave", value: name }));
    hold(name);

    // Words for the eye; what is new in them, or wrong, for the ear.
    function say(words, isTrouble = false) {
      if (isTrouble || isTroubled || !said.classList.contains("is-kept")) announced.textContent = words;
      said.textContent = words;
      said.classList.toggle("is-kept", !isTrouble);
      said.classList.toggle("is-trouble", isTrouble);
      isTroubled = isTrouble;
    }

    function fields() {
      editor?.updateElement();
      return window.fieldsOf(form);
    }

    function touch() {
      isTouched = true;
      since ||= Date.now();
      clearTimeout(timer);
      timer = setTimeout(go, Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
    }

    // One is on its way at a time, and after it the newest alone. True: the server has that.
    function go() {
      clearTimeout(timer);
      const again = () => { next = null; return go(); };
      if (flight) return next ??= flight.then(again, again);
      since = 0;
      return flight = keep(true).finally(() => { flight = null; });
    }

    async function settled() {
      while (next ?? flight) await (next ?? flight);
      clearTimeout(timer);
      clearTimeout(later);
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
      const answer = await post(address, body).catch(() => null);
      if (answer?.status === 400) {
        say(await answer.text(), true);
        return false;
      }
      const detail = await told(answer);
      if (!detail) return away(text, await why());
      sent = text;
      if (asksNow) restsUntil = Date.now() + Math.min(LONGEST_REST, REST * (Date.now() - began));
      drop(name);
      if (detail.saved) say(`Saved ${detail.saved} in your own copy. “Save” puts it in the article.`);
      form.dispatchEvent(new CustomEvent("answered", { detail }));
      return true;
    }

    // The server does not keep it: this browser does, until it will.
    function away(text, words) {
      say(keepHere(name, address, text)
        ? `${words} Your text is kept in this browser until the server has it.`
        : `${words} This browser is set to store nothing: leave this page open.`, true);
      // Who goes on typing is not made to wait so long.
      if (!since) timer = setTimeout(go, AGAIN);
      return false;
    }

    function leave() {
      if (isLeaving || !isTouched) return;
      const text = fields().toString();
      if (text === sent || text === opened) return;
      if (isTroubled || text.length > MOST_AT_THE_END) keepHere(name, address, text);
      post(address, text, { keepalive: text.length < MOST_AT_THE_END, signal: undefined }).catch(() => {});
    }

    const wait = (answer, submitter) => window.saveLater(answer, login, () => send({ submitter, preventDefault() {} }));
    // Of two that are pressed while one is on its way, the second counts.
    async function send(event) {
      event.preventDefault();
      const isOnItsWay = pressed;
      pressed = event.submitter ?? pressed ?? form.elements._continue;
      if (isOnItsWay) return;
      await save().finally(() => { pressed = null; });
    }

    async function save() {
      // What was pasted is still being cleaned.
      await editor?.pasting;
      await settled();
      if (isTouched) await keep(false);
      const answer = await whoIsThere();
      if (answer?.user !== user) return wait(answer, pressed);
      if (pressed.name === "_continue" && !await saveHere()) return;
      if (pressed.name !== "_continue") submit(pressed);
    }

    // Saved without leaving the page, if nothing is wrong with it. True: it is.
    async function saveHere() {
      const saved = fields();
      const done = await window.saveInPlace(form).catch(() => null);
      if (done === null) return wait(null, pressed);
      if (!done) return submit(pressed);
      saved.delete("left_out");
      saved.set("version_token", form.elements.version_token.value);
      sent = opened = saved.toString();
      drop(name);
      isTroubled = false;
      said.classList.remove("is-kept", "is-trouble");
      announced.textContent = "Saved.";
      // Who went on typing meanwhile has more to keep.
      if (fields().toString() !== sent) touch();
      return true;
    }

    function submit(submitter) {
      isLeaving = true;
      drop(name);
      editor?.updateElement();
      if (submitter.name === "_continue") window.rememberPlace(editor);
      window.sendBy(form, submitter);
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
      // What came back with an error, or was written before this, is saved nowhere but here.
      if (!place.dataset.name && !isTouched) sent = opened = fields().toString();
      window.desk.handOver().then(() => window.offerCopies(page));
    }
    form.addEventListener("input", touch);
    function look() {
      isAskedFor = true;
      go();
    }
    form.addEventListener("look", look);
    // Lists and pickers of Django's tell of a change in this way alone; and that they are ready.
    window.django?.jQuery(($) => $(form).on("change", touch));
    form.addEventListener("submit", send);
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => { if (document.hidden && isTouched && !isLeaving) go(); });
    addEventListener("pageshow", (event) => { if (event.persisted) isLeaving = false; });
    window.desk.beforeSignOut = async () => {
      await settled();
      if (isTouched && !await keep(false)) {
        said.scrollIntoView({ block: "center" });
        return false;
      }
      isLeaving = true;
      return true;
    };
    if (window.isFilledIn(form)) touch();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.getElementById("autosave");
    // Where a script did not arrive, the form is sent as any is.
    if (place && window.offerCopies && window.saveInPlace) start(place);
  });
}
