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

// Two presses where one was meant, as by a double click, send a form once. A form that a
// script of its own sends is not meant; and whoever waited in vain may press again.
const MEANT_ONCE = 3000; // milliseconds
let sentLast = null;
document.addEventListener("submit", (event) => {
  const { target, submitter, timeStamp } = event;
  if (event.defaultPrevented || target.method !== "post") return;
  const isSame = sentLast?.target === target && sentLast.submitter === submitter;
  if (isSame && timeStamp - sentLast.timeStamp < MEANT_ONCE) event.preventDefault();
  else sentLast = { target, submitter, timeStamp };
});

// Notes on a passage are sent without leaving the page, since the text beside them may
// not be saved. Without this script they are sent as any form is.
let sending = null;
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#notes button[form]");
  if (!button || !window.desk) return;
  event.preventDefault();
  if (sending) return;
  sending = button;
  const form = document.getElementById("notes-form"), body = new FormData(form), was = typedNotes();
  body.append(button.name, button.value);
  try {
    const answer = await window.desk.post(form.action, body, { redirect: "follow" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("notes");
    if (!answer.ok || !fresh) throw new Error();
    const problem = page.querySelector(".messagelist .error");
    if (problem) fresh.querySelector("h2").after(Object.assign(document.createElement("p"), { className: "errornote", textContent: problem.textContent }));
    const goes = button.name === "add" ? ["quote", "text"] : [`reply-${button.value}`];
    for (const [name, value] of Object.entries(typedNotes())) {
      const field = fresh.querySelector(`textarea[name="${name}"]`);
      if (!field || goes.includes(name) && value === was[name]) continue;
      field.value = value;
      if (value) field.closest("details")?.setAttribute("open", "");
    }
    document.getElementById("notes").replaceWith(fresh);
    fresh.tabIndex = -1;
    fresh.focus();
    document.dispatchEvent(new Event("notes"));
  } catch {
    const why = await window.desk.why();
    let said = document.querySelector("#notes .errornote");
    if (!said) {
      said = Object.assign(document.createElement("p"), { className: "errornote" });
      said.setAttribute("role", "alert");
      document.querySelector("#notes h2").after(said);
    }
    said.textContent = `The note did not arrive. ${why} It still stands here: try once more.`;
  }
  sending = null;
});

// What stands in the fields of the notes: another may be half written.
function typedNotes() {
  return Object.fromEntries([...document.querySelectorAll("#notes textarea")].map(({ name, value }) => [name, value]));
}
