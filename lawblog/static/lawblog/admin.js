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
