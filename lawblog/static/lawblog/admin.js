// On every page of the desk: the boxes that Select2 draws over a list of rows take the
// name of that list's label, for those who hear the page.
"use strict";
{
  const label = (select) => {
    const [words] = select.labels;
    words.id ||= `${select.id}_label`;
    return words.id;
  };

  function nameBox(select) {
    const box = select.nextElementSibling;
    const shown = box.querySelector("[role=textbox]");
    box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]").forEach((part) => {
      const value = shown && part !== shown ? ` ${shown.id}` : "";
      part.setAttribute("aria-labelledby", label(select) + value);
    });
  }

  function nameOpened({ target }) {
    document.querySelectorAll(".select2-dropdown [role=searchbox], .select2-dropdown [role=listbox]")
      .forEach((part) => part.setAttribute("aria-labelledby", label(target)));
  }

  // jQuery keeps the order: Django has asked before to draw the boxes.
  window.django?.jQuery?.(() => {
    document.querySelectorAll("select.select2-hidden-accessible").forEach(nameBox);
    django.jQuery(document).on("select2:open", nameOpened);
  });
}
