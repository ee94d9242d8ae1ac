// Pictures at the desk: the library, several uploads at once, an article's cover.
"use strict";
// The library: what it has of some words (null where the desk does not answer), and as
// buttons to choose from. Used by the
// editor's dialog (editor.js) and by the cover.
async function libraryPictures(words) {
  try {
    const answer = await fetch(`/admin/posts/post/pictures/find/?q=${encodeURIComponent(words)}`);
    return (await answer.json()).found;
  } catch {
    return null;
  }
}

function showPictures(box, found, choose) {
  box.replaceChildren(...(found ?? []).map((picture) => {
    const button = Object.assign(document.createElement("button"), { type: "button", title: picture.alt || picture.name });
    button.append(Object.assign(document.createElement("img"), { src: picture.thumbnail, alt: picture.alt || picture.name }));
    button.addEventListener("click", () => choose(picture));
    return button;
  }));
  const words = found ? "No picture has these words." : "The library could not be asked. Type a letter to ask again, or sign in again in a new tab.";
  if (!found?.length) box.append(Object.assign(document.createElement("p"), { textContent: words }));
}

// Several pictures go one by one, so that no proxy refuses them for being many, and each
// that is refused says why. Without this script they go with the form.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".upload-many");
  if (!form) return;
  const [input, said] = [form.elements.pictures, form.querySelector("[role=status]")];
  const button = form.querySelector("[type=submit]");
  // Those that arrived need not come a second time.
  const arrived = new WeakSet();
  form.addEventListener("submit", async (event) => {
    if (!window.desk) return;
    event.preventDefault();
    button.disabled = true;
    const refused = [];
    for (const [at, file] of [...input.files].entries()) {
      if (arrived.has(file)) continue;
      said.textContent = `Sending ${file.name} (${at + 1} of ${input.files.length})…`;
      const body = new FormData();
      body.append("upload", file);
      try {
        const answer = await window.desk.post(form.dataset.upload, body, { signal: undefined });
        const { uploaded, error } = await answer.json();
        if (uploaded) arrived.add(file);
        else refused.push(`${file.name}: ${error.message}`);
      } catch {
        refused.push(`${file.name} did not arrive: try it again.`);
      }
    }
    if (!refused.length) return location.assign(location.pathname);
    said.textContent = refused.join(" ");
    button.disabled = false;
    button.focus();
  });
});

// A cover picture is uploaded when it is chosen, so that it can be seen, and its point
// be pressed, before the form is saved. Without this script it comes with the form.
document.addEventListener("DOMContentLoaded", () => {
  const [file, cover, away, x, y] = ["picture", "cover", "without_cover", "cover_x", "cover_y"]
    .map((name) => document.getElementById(`id_${name}`));
  if (!file || !cover || !window.desk) return;
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
    changed();
  });
  // A field that a script fills in tells nobody.
  function changed() {
    cover.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }
  for (const field of [x, y, away]) field.addEventListener("input", show);
  file.addEventListener("change", async () => {
    const [upload] = file.files, body = new FormData();
    if (!upload) return;
    told.textContent = "The picture is on its way…";
    body.append("upload", upload);
    try {
      const answer = await window.desk.post("/admin/upload/?responseType=json", body, { signal: undefined });
      const { url, error } = await answer.json();
      // Another was chosen meanwhile.
      if (file.files[0] !== upload) return;
      told.textContent = error?.message ?? "Now say below what it shows.";
      // Kept where it was stored: the file need not come a second time.
      if (url) [cover.value, file.value, away.checked] = [url, "", false];
    } catch {
      if (file.files[0] !== upload) return;
      told.textContent = "The picture did not arrive yet. It comes along when you save.";
    }
    changed();
  });
  // Or one that the library has.
  const library = document.createElement("details");
  library.className = "from-library";
  library.innerHTML = '<summary>Choose from the library</summary><input type="search" aria-label="Words of a name or description"><div class="own-pictures" role="group" aria-label="Pictures of the library"></div>';
  const [words, offered] = library.querySelectorAll("input, div");
  async function offer() {
    const asked = words.value, found = await libraryPictures(asked);
    if (words.value === asked) showPictures(offered, found, choose);
  }
  function choose(chosen) {
    [cover.value, file.value, away.checked, library.open] = [chosen.url, "", false, false];
    const alt = document.getElementById("id_cover_alt");
    if (chosen.alt) alt.value = chosen.alt;
    told.textContent = "Say below what it shows.";
    alt.focus();
    changed();
  }
  library.addEventListener("toggle", () => library.open && offer());
  words.addEventListener("input", offer);
  // Enter is not to send the article.
  words.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  told.after(library);
  show();
});
