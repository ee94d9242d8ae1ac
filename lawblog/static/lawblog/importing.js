// Files are imported one by one, in pieces, so that none is too large for a proxy; then the
// page follows how far the import is.
"use strict";
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
    const button = form.querySelector("[type=submit]");
    for (const input of form.querySelectorAll("[type=file]")) {
      input.addEventListener("change", () => add(input.files));
      // Chosen before this script was there.
      if (input.files.length) add(input.files);
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
      if (target.type !== "file" && !button.disabled) { run = ""; arrived.clear(); }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!chosen.length) return say("Choose the files first.");
      button.disabled = true;
      sendAll().catch((error) => {
        say(error.message || BROKE);
        button.disabled = false;
        button.focus();
      });
    });
  }

  // What is read out is not read out again.
  function tell(said, words) {
    if (said.textContent !== words) said.textContent = words;
  }

  // How far a run is, without a touch of the page.
  async function look() {
    const now = document.getElementById("progress");
    if (!now || !("working" in now.dataset)) return;
    const said = now.querySelector("[role=status]");
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", signal: AbortSignal.timeout?.(20000) });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("progress"), words = next.querySelector("[role=status]").textContent;
      // Not under the fingers of somebody who is just at it.
      if (now.contains(document.activeElement)) tell(said, words);
      else now.replaceWith(next);
    } catch {
      tell(said, "The desk does not answer, or you were signed out. What was begun goes on all the same.");
    }
    setTimeout(look, 2000);
  }
  setTimeout(look, 1000);
}
