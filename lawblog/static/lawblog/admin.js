// Select2, with which Django lets one choose a row of many, is named as its field is.
"use strict";
window.django?.jQuery(($) => {
  function name(parts, label) {
    for (const part of parts) {
      const own = part.getAttribute("aria-labelledby") ?? "";
      part.setAttribute("aria-labelledby", `${label.id} ${own}`.trim());
    }
  }
  for (const field of document.querySelectorAll("select.admin-autocomplete")) {
    const [label] = field.labels;
    label.id = `${field.id}_label`;
    name($(field).next().find("[role=combobox], [role=textbox], input"), label);
    // Where only one may be chosen, what opens is made each time.
    $(field).on("select2:open", () =>
      name($(".select2-dropdown").find("input, [role=listbox]").not("[aria-labelledby]"), label));
  }
});

// Files that are brought in go one by one, in pieces: none is too large for a proxy.
{
  const form = document.getElementById("bring-in");
  const said = document.getElementById("sending");
  const chosen = [];
  // After a broken connection it goes on with what the desk has not got yet.
  let run = "";
  const arrived = new Set();
  const BROKE = "The connection broke. Press “Bring them in” once more: it goes on where it was.";
  const say = (words) => { said.textContent = words; };
  const add = (files) => {
    chosen.push(...files);
    const count = chosen.length;
    say(`${count} ${count === 1 ? "file is" : "files are"} ready: ${chosen.slice(0, 5).map((one) => one.name).join(", ")}${count > 5 ? "…" : ""}`);
  };

  async function filesOf(entry) {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      return [Object.assign(file, { place: entry.fullPath.slice(1) })];
    }
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return found;
      for (const one of some) found.push(...await filesOf(one));
    }
  }

  async function send(url, fields) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const answer = await fetch(url, { method: "POST", body, credentials: "same-origin" })
      .catch(() => { throw new Error(BROKE); });
    if (answer.status === 400) throw new Error(await answer.text());
    if (!answer.ok) throw new Error("The desk does not answer as it should. Sign in again, and try once more.");
    return answer;
  }

  async function begin() {
    const begun = await send(form.action, {
      site: form.elements.site.value, ...(form.elements.offline.checked ? { offline: "on" } : {}),
    });
    // An address that is refused brings the form again, with the reason.
    if (!begun.redirected) {
      const again = new DOMParser().parseFromString(await begun.text(), "text/html");
      throw new Error(again.querySelector(".errorlist")?.textContent.trim());
    }
    run = begun.url;
  }

  async function sendAll() {
    const size = Number(form.dataset.piece), names = new Set();
    if (!run) await begin();
    for (const [at, file] of chosen.entries()) {
      let name = file.place || file.webkitRelativePath || file.name;
      // Two files of one name, from two places, are two.
      for (const first = name, count = [2]; names.has(name); count[0]++) name = `${count[0]}/${first}`;
      names.add(name);
      const count = Math.max(1, Math.ceil(file.size / size));
      for (let number = 0; number < count; number++) {
        const piece = JSON.stringify([name, number]);
        if (arrived.has(piece)) continue;
        say(`Sending ${name} (${at + 1} of ${chosen.length}${count > 1 ? `, ${Math.round(100 * number / count)} %` : ""})…`);
        await send(`${run}files/`, { name, number, piece: file.slice(number * size, (number + 1) * size) });
        arrived.add(piece);
      }
    }
    await send(run, { start: "1" });
    location.href = run;
  }

  if (form) {
    const drop = form.querySelector(".drop");
    form.querySelector(".folder").hidden = false;
    for (const input of form.querySelectorAll("[type=file]")) {
      input.addEventListener("change", () => add(input.files));
    }
    for (const kind of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", kind === "dragover");
      });
    }
    drop.addEventListener("drop", async (event) => {
      // All at once: after the first wait the browser forgets what was dropped.
      const dropped = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
      for (const one of dropped.filter(Boolean)) add(one instanceof File ? [one] : await filesOf(one));
    });
    // What was typed meanwhile is another import's.
    form.addEventListener("change", ({ target }) => {
      if (target.type !== "file") { run = ""; arrived.clear(); }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!chosen.length) return say("Choose the files first.");
      form.querySelector("[type=submit]").disabled = true;
      sendAll().catch((error) => {
        say(error.message || BROKE);
        form.querySelector("[type=submit]").disabled = false;
      });
    });
  }

  // How far a run is, without a touch of the page.
  async function look() {
    const now = document.getElementById("progress");
    if (!now || !("working" in now.dataset)) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("progress");
      if (next && !now.contains(document.activeElement)) now.replaceWith(next);
    } catch { /* The next look may find it. */ }
    setTimeout(look, 2000);
  }
  setTimeout(look, 1000);
}

// The library: what it has of some words, and as buttons to choose from. The editor's
// dialog and a cover ask it.
async function libraryPictures(words) {
  try {
    const answer = await fetch(`/admin/posts/post/pictures/find/?q=${encodeURIComponent(words)}`);
    return answer.ok ? (await answer.json()).found : [];
  } catch {
    return [];
  }
}

function showPictures(box, found, choose) {
  box.replaceChildren(...found.map((picture) => {
    const button = Object.assign(document.createElement("button"), { type: "button", title: picture.alt || picture.name });
    button.append(Object.assign(document.createElement("img"), { src: picture.thumbnail, alt: picture.alt || picture.name }));
    button.addEventListener("click", () => choose(picture));
    return button;
  }));
  if (!found.length) box.append(Object.assign(document.createElement("p"), { textContent: "No picture has these words." }));
}

// Several pictures go one by one, so that no proxy refuses them for being many, and each
// that is refused says why. Without this script they go with the form.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".upload-many");
  if (!form) return;
  const [input, said] = [form.elements.pictures, form.querySelector("[role=status]")];
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    const refused = [];
    for (const [at, file] of [...input.files].entries()) {
      said.textContent = `Sending ${file.name} (${at + 1} of ${input.files.length})…`;
      const body = new FormData();
      body.append("upload", file);
      try {
        const answer = await fetch(form.dataset.upload, { method: "POST", body, headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
        const { uploaded, error } = await answer.json();
        if (!uploaded) refused.push(`${file.name}: ${error.message}`);
      } catch {
        refused.push(`${file.name} did not arrive: try it again.`);
      }
    }
    if (!refused.length) return location.assign(location.pathname);
    said.textContent = refused.join(" ");
    button.disabled = false;
  });
});

// A cover picture is uploaded when it is chosen, so that it can be seen, and its point
// be pressed, before the form is saved. Without this script it comes with the form.
document.addEventListener("DOMContentLoaded", () => {
  const [file, cover, away, x, y] = ["picture", "cover", "without_cover", "cover_x", "cover_y"]
    .map((name) => document.getElementById(`id_${name}`));
  if (!file || !cover) return;
  const box = Object.assign(document.createElement("div"), { className: "cover-preview" });
  const picture = Object.assign(document.createElement("img"), { alt: "" });
  const point = document.createElement("span");
  const told = Object.assign(document.createElement("p"), { className: "help" });
  told.setAttribute("role", "status");
  box.append(picture, point);
  file.after(box, told);

  function show() {
    box.hidden = !cover.value || away.checked;
    if (cover.value) picture.src = cover.value;
    point.style.left = `${x.value}%`;
    point.style.top = `${y.value}%`;
  }
  box.addEventListener("click", (event) => {
    const place = picture.getBoundingClientRect();
    x.value = 100 * (event.clientX - place.left) / place.width;
    y.value = 100 * (event.clientY - place.top) / place.height;
    show();
  });
  for (const field of [x, y, away]) field.addEventListener("input", show);
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    told.textContent = "The picture is on its way…";
    const body = new FormData();
    body.append("upload", file.files[0]);
    const token = file.form.elements.csrfmiddlewaretoken.value;
    try {
      const answer = await fetch("/admin/upload/?responseType=json", { method: "POST", body, headers: { "X-CSRFToken": token } });
      const { url, error } = await answer.json();
      told.textContent = error?.message ?? "Now say below what it shows.";
      // Kept where it was stored: the file need not come a second time.
      if (url) [cover.value, file.value, away.checked] = [url, "", false];
    } catch {
      told.textContent = "The picture did not arrive yet. It comes along when you save.";
    }
    show();
  });
  // Or one that the library has.
  const library = document.createElement("details");
  library.className = "from-library";
  library.innerHTML = '<summary>Choose from the library</summary><input type="search" aria-label="Words of a name or description"><div class="own-pictures" role="group" aria-label="Pictures of the library"></div>';
  const [words, offered] = library.querySelectorAll("input, div");
  const offer = async () => showPictures(offered, await libraryPictures(words.value), (chosen) => {
    [cover.value, file.value, away.checked, library.open] = [chosen.url, "", false, false];
    const alt = document.getElementById("id_cover_alt");
    if (chosen.alt) alt.value = chosen.alt;
    told.textContent = "Say below what it shows.";
    show();
  });
  library.addEventListener("toggle", () => library.open && offer());
  words.addEventListener("input", offer);
  // Enter is not to send the article.
  words.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  told.after(library);
  show();
});

// Notes on a passage are sent without leaving the page, since the text beside them may
// not be saved. Without this script they are sent as any form is.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#notes button[form]");
  if (!button) return;
  event.preventDefault();
  const form = document.getElementById("notes-form"), body = new FormData(form);
  body.append(button.name, button.value);
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("notes");
    if (!answer.ok || !fresh) throw new Error();
    const problem = page.querySelector(".messagelist .error");
    if (problem) fresh.querySelector("h2").after(Object.assign(document.createElement("p"), { className: "errornote", textContent: problem.textContent }));
    document.getElementById("notes").replaceWith(fresh);
    fresh.tabIndex = -1;
    fresh.focus();
    document.dispatchEvent(new Event("notes"));
  } catch {
    button.disabled = false;
    let said = document.querySelector("#notes .errornote");
    if (!said) {
      said = Object.assign(document.createElement("p"), { className: "errornote" });
      said.setAttribute("role", "alert");
      document.querySelector("#notes h2").after(said);
    }
    said.textContent = "The note did not arrive. It still stands here: try once more.";
  }
});
