// Nothing that is typed is lost. While the server does not answer, this browser keeps what
// is typed (autosave.js), and hands it over on the next page of the desk. Also what every
// script needs to talk to the server.
"use strict";
{
  const DAYS = 30, DAY = 24 * 3600 * 1000;
  const user = document.currentScript.dataset.user;
  const mine = `lawblog:typed:${user}:`;

  // Where a browser is set to store nothing, asking for it throws, or there is none.
  let storage = null;
  try {
    storage = localStorage;
  } catch { /* The form is guarded all the same. */ }

  const keys = () => Object.keys(storage ?? {}).filter((key) => key.startsWith(mine));
  const drop = (name) => storage?.removeItem(mine + name);

  // False where nothing can be stored.
  function keep(name, to, body) {
    try {
      storage.setItem(mine + name, JSON.stringify({ to, body, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  // Who presses "Save" is not to wait for ever.
  const inTime = () => AbortSignal.timeout?.(20000);
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

  // body: a form's fields; FormData where files are among them.
  async function post(url, body, options = {}) {
    const send = () => fetch(url, {
      method: "POST", credentials: "same-origin", redirect: "error", signal: inTime(),
      body: body instanceof FormData ? body : new URLSearchParams(body), headers: { "X-CSRFToken": token() }, ...options,
    });
    const answer = await send();
    return answer.status === 403 && (await whoIsThere())?.user === user ? send() : answer;
  }

  const get = (url, options = {}) => fetch(url, { cache: "no-store", redirect: "error", ...options });

  // What the server answered; null for whatever stands before it and says it is away.
  const told = (answer) => (answer?.ok ? answer.json().catch(() => null) : null);

  // Is anybody there, and still the same person? null where the server does not answer. Who
  // signed in anew, in another tab, has another token, and so have the forms of this page.
  async function whoIsThere() {
    const now = await told(await get("/admin/posts/post/session/", { signal: inTime() }).catch(() => null));
    const forms = now?.user === user ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : [];
    for (const field of forms) field.value = now.csrf;
    return now;
  }

  // Why something did not arrive, in words.
  async function why() {
    const now = await whoIsThere();
    if (!now) return "The server does not answer.";
    if (!now.user) return "You were signed out. Sign in again in a new tab.";
    return now.user === user ? "The desk could not take it." : "Somebody else is signed in now.";
  }

  // A page that is open in this browser holds a lock of its name.
  const hold = (name) => navigator.locks?.request(mine + name, () => new Promise(() => {})).catch(() => {});

  async function openPages() {
    const locks = await navigator.locks?.query().catch(() => null);
    return new Set(locks?.held.map((lock) => lock.name.replace(mine, "")));
  }

  async function handOver() {
    const open = await openPages();
    for (const name of keys().map((key) => key.slice(mine.length)).filter((name) => !open.has(name))) {
      const kept = storage.getItem(mine + name);
      // Another tab that opened at the same time was quicker.
      if (!kept) continue;
      const { to, body, at } = JSON.parse(kept);
      const answer = await told(await post(to, body).catch(() => null));
      if (answer || Date.now() - at > DAYS * DAY) drop(name);
    }
  }

  const element = (tag, text, properties = {}) =>
    Object.assign(document.createElement(tag), { textContent: text }, properties);

  window.desk = { user, keep, drop, post, get, told, whoIsThere, why, hold, openPages, handOver, element };

  document.addEventListener("DOMContentLoaded", () => {
    if (!document.getElementById("autosave")) handOver();
    const out = document.getElementById("logout-form");
    // What is written stays on the server, and nothing on a computer that others use.
    out?.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await window.desk.beforeSignOut?.() === false) return;
      keys().forEach((key) => storage.removeItem(key));
      HTMLFormElement.prototype.submit.call(out);
    });
  });
}
