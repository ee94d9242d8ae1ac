// Keeps what is typed into an article's form in this browser until it is saved, and
// offers it back after a crash, a closed tab, a lost connection or a session that ended.
"use strict";
(function () {
  const PREFIX = "lawblog-kept:";
  const EVERY = 3000;
  const LEFT_OUT = new Set(["csrfmiddlewaretoken", "seen", "over"]);
  const form = document.getElementById("post_form");
  const user = document.currentScript.dataset.user;

  const mine = () => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${user}:`));
  const read = (key) => JSON.parse(localStorage.getItem(key));

  // The server says that it saved: what was sent is safe there.
  if (document.querySelector(".messagelist .success")) {
    mine().filter((key) => read(key).sent).forEach((key) => localStorage.removeItem(key));
  }
  // Another person may sit at this machine next.
  const logout = document.getElementById("logout-form");
  let left = false;
  if (logout) logout.addEventListener("submit", () => {
    left = true;
    mine().forEach((key) => localStorage.removeItem(key));
  });
  if (!form) return;

  const key = `${PREFIX}${user}:${location.pathname}`;
  const editor = () => window.CKEDITOR && window.CKEDITOR.instances.id_body;

  function values() {
    const found = {};
    for (const field of form.elements) {
      if (!field.name || LEFT_OUT.has(field.name) || ["submit", "button", "file"].includes(field.type)) continue;
      if (field.multiple) found[field.name] = [...field.selectedOptions].map((o) => [o.value, o.text]);
      else if (field.type === "checkbox") found[field.name] = field.checked;
      else found[field.name] = field.value;
    }
    if (editor()) found.body = editor().getData();
    return found;
  }

  let timer = null;
  let first = "";
  function keep(sent) {
    clearTimeout(timer);
    timer = null;
    // What is offered must not give way to a form in which nobody wrote.
    if (left || (!sent && JSON.stringify(values()) === first)) return;
    const seen = form.elements.seen ? form.elements.seen.value : "";
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), seen, sent, values: values() }));
    } catch (full) {
      // A full store must not stop anybody from writing.
    }
  }
  function soon() {
    if (!timer) timer = setTimeout(keep, EVERY);
  }

  function putBack(kept) {
    for (const [name, value] of Object.entries(kept)) {
      const field = form.elements[name];
      if (!field) continue;
      if (Array.isArray(value)) {
        field.replaceChildren(...value.map(([v, text]) => new Option(text, v, true, true)));
      } else if (field.type === "checkbox") field.checked = value;
      else field.value = value;
      if (window.django) window.django.jQuery(field).trigger("change");
    }
    if (editor()) editor().setData(kept.body);
  }

  function offer(kept) {
    const box = document.createElement("section");
    box.className = "desk-note kept";
    box.setAttribute("role", "status");
    const words = new DOMParser().parseFromString(kept.values.body || "", "text/html").body.textContent.trim();
    const when = new Date(kept.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    const line = document.createElement("p");
    line.textContent = `Text of ${when} was not saved: “${kept.values.title || ""}” ${words.slice(0, 200)}${words.length > 200 ? "…" : ""}`;
    box.append(line);
    if (kept.seen !== (form.elements.seen ? form.elements.seen.value : "")) {
      const warning = document.createElement("p");
      warning.textContent = "The article was saved since, here or by somebody else. Compare before you put this back.";
      box.append(warning);
    }
    const button = (label, action) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button";
      made.textContent = label;
      made.addEventListener("click", () => { box.remove(); action(); });
      box.append(made, " ");
    };
    button("Put it back", () => putBack(kept.values));
    button("Discard it", () => localStorage.removeItem(key));
    form.prepend(box);
  }

  function watch() {
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    if (window.django) window.django.jQuery(form).on("change", "select", soon);
    if (editor()) editor().on("change", soon);
    document.addEventListener("visibilitychange", () => { if (timer) keep(); });
    addEventListener("pagehide", () => { if (timer) keep(); });
  }
  form.addEventListener("submit", () => keep(true));

  function begin() {
    const kept = localStorage.getItem(key) && read(key);
    // A form that came back with an error holds the newer text itself.
    if (kept && !document.querySelector(".errornote")) offer(kept);
    first = JSON.stringify(values());
    watch();
  }
  if (window.CKEDITOR && !editor()) window.CKEDITOR.on("instanceReady", begin);
  else begin();
})();
