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
  show();
});
