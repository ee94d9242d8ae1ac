// The page on which an article is written: what stands beside its text. What was typed is
// sent by autosave.js; here is what the answer changes, and what one presses.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("post_form");
  const aside = form?.querySelector(".aside");
  if (!aside) return;
  const announced = document.getElementById("announced");
  const told = document.getElementById("told");
  const preview = document.getElementById("preview");
  const frame = preview.querySelector("iframe");
  const editor = () => window.CKEDITOR?.instances.id_body;

  // What is asked for along with what was typed, and what comes back.
  form.addEventListener("asks", ({ detail }) => {
    detail.append("want", "checks");
    if (!preview.hidden) detail.append("want", "preview");
  });
  form.addEventListener("answered", ({ detail: { parts = {}, told: words, preview: page, too_long: sentence } }) => {
    for (const [name, html] of Object.entries(parts)) {
      const part = document.getElementById(name);
      // Not under the fingers of somebody who is just at it.
      if (!part.contains(document.activeElement)) part.innerHTML = html;
    }
    if (sentence) words = sentence;
    if (words && words !== told.textContent) {
      told.textContent = words;
      announced.textContent = sentence ?? `Checks: ${words}`;
    }
    if (page) show(page);
  });

  // The preview: a page without scripts, in a frame that lets none run. Its body alone is
  // changed, so that nothing flickers and one stays where one reads.
  function show(page) {
    const inside = frame.contentDocument;
    const { documentElement: next, body } = new DOMParser().parseFromString(page, "text/html");
    const { scrollTop } = inside.documentElement;
    for (const name of ["lang", "dir"]) inside.documentElement.setAttribute(name, next.getAttribute(name) ?? "");
    for (const link of body.querySelectorAll("a[href]:not([href^='#'])")) {
      Object.assign(link, { target: "_blank", rel: "noopener" });
    }
    inside.body.replaceWith(inside.adoptNode(body));
    inside.documentElement.scrollTop = scrollTop;
    frame.dataset.shown = "";
  }
  frame.addEventListener("load", look);
  function look() {
    form.dispatchEvent(new Event("look"));
  }

  function press(button) {
    for (const other of button.parentElement.children) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  }
  aside.addEventListener("click", (event) => {
    const button = event.target.closest("button"), link = event.target.closest(".show");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      point(link.dataset);
    }
    if (button?.dataset.pane) open(button);
    if (button?.dataset.width) {
      press(button);
      preview.classList.toggle("wide", button.dataset.width === "wide");
    }
  });
  function open(button) {
    press(button);
    for (const { dataset } of button.parentElement.children) {
      document.getElementById(dataset.pane).hidden = dataset.pane !== button.dataset.pane;
    }
    form.classList.toggle("reads", button.dataset.pane !== "about");
    if (preview.hidden) return;
    if (frame.src) look();
    else frame.src = frame.dataset.src;
  }
  aside.querySelector(".choose").hidden = false;

  // From a finding to its place.
  function point({ field, words }) {
    const plain = words.replace(/^…|…$/g, "").trim();
    if (field === "body" && editor()?.mode === "wysiwyg") {
      editor().focus();
      const range = find(editor().editable().$, plain);
      if (!range) return;
      const selection = editor().window.$.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      range.startContainer.parentElement.scrollIntoView({ block: "center" });
      return;
    }
    const input = document.getElementById(`id_${field}`);
    input.closest("details")?.setAttribute("open", "");
    input.focus();
    const at = plain && input.value.indexOf(plain);
    if (at >= 0 && plain) input.setSelectionRange(at, at + plain.length);
    input.scrollIntoView({ block: "center" });
  }

  // The words in a text, however they are marked up; runs of spaces count as one.
  function find(root, words) {
    const texts = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT), places = [];
    let all = "";
    while (texts.nextNode()) {
      [...texts.currentNode.data].reduce((at, letter) => {
        const plain = /[\s\u200b]/.test(letter) ? " " : letter;
        if (plain !== " " || !all.endsWith(" ")) {
          all += plain;
          for (let unit = 0; unit < plain.length; unit++) places.push([texts.currentNode, at]);
        }
        return at + letter.length;
      }, 0);
    }
    const at = words ? all.indexOf(words) : -1;
    if (at < 0) return null;
    const range = root.ownerDocument.createRange(), [node, last] = places[at + words.length - 1];
    range.setStart(...places[at]);
    range.setEnd(node, Math.min(last + 1, node.length));
    return range;
  }

  // Ctrl+S, in the text too.
  const save = () => form.querySelector("[name=_continue]")?.click();
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    save();
  });
  window.CKEDITOR?.on("instanceReady", (event) => event.editor.on("key", (key) => {
    if (key.data.keyCode !== CKEDITOR.CTRL + 83) return;
    key.cancel();
    save();
  }));

  // A title has one line, however many it takes on the page.
  const title = document.getElementById("id_title"), summary = document.getElementById("id_summary");
  title.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    summary.focus();
  });
  // Typed before the address could follow it.
  if (title.value !== title.defaultValue) window.django?.jQuery(title).trigger("change");
  // Enter in a line saves; it neither publishes nor sends for approval, as the first button
  // of a form would. The pickers of Django's have their own Enter.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    if (!event.target.matches("input:not([type=submit], [type=button], [type=file], [type=checkbox], [type=radio])")) return;
    event.preventDefault();
    save();
  });
  function fit() {
    if (CSS.supports("field-sizing", "content")) return;
    title.style.height = "auto";
    title.style.height = `${title.scrollHeight}px`;
  }
  // How much there is, and how much there may be.
  for (const [input, best] of [[title, 60], [summary, 300]]) {
    const count = document.createElement("span");
    count.className = "count";
    input.after(count);
    const tell = () => { count.textContent = `${[...input.value].length} of ${best}`; fit(); };
    input.addEventListener("input", tell);
    tell();
  }
});
