// Gives Select2, by which Django chooses one row of many, the name of its field.
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
