// The editor's settings and colours, and what is pasted into it. CKEditor reads this file
// itself (customConfig), and its own plugins beside it (OWN_PLUGINS in richtext.py).
function csrfToken() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

CKEDITOR.editorConfig = function (config) {
  config.removeFormatTags += ",time";
  // Who listens hears the field's name, not its number.
  config.title = this.element.$.labels[0]?.textContent.trim().replace(/:$/, "");
  config.applicationTitle = `${config.title}: editor`;
  // Lets the upload address keep Django's protection against forged requests.
  config.fileTools_requestHeaders = {
    get "X-CSRFToken"() { return csrfToken(); },
  };
};

// The sheet has the colours of the desk, whichever are chosen there.
function followTheme(editor) {
  const desk = document.documentElement;
  const paint = () => {
    for (const frame of [editor.document?.$, ...[...document.querySelectorAll(".cke_panel_frame")].map((one) => one.contentDocument)]) {
      if (frame) frame.documentElement.dataset.theme = desk.dataset.theme ?? "auto";
    }
  };
  editor.on("contentDom", paint);
  editor.on("panelShow", paint);
  new MutationObserver(paint).observe(desk, { attributeFilter: ["data-theme"] });
}

// What is pasted or dropped is cleaned by the server, by the rules of saving, and what it
// leaves out is said at once and once more when the text is saved.
async function cleanedByServer(editor, html, plain) {
  try {
    const answer = await window.desk.post("/admin/paste/", { html }, { signal: AbortSignal.timeout?.(60000) });
    if (!answer.ok) throw new Error();
    const { html: kept, said } = await answer.json();
    tellLeftOut(editor, said);
    return kept;
  } catch {
    editor.showNotification("The desk did not answer, so the text was pasted without its formatting.", "warning", 0);
    return plain.split(/\n\s*\n/).map((part) =>
      `<p>${CKEDITOR.tools.htmlEncode(part.trim()).replace(/\n/g, "<br>")}</p>`).join("");
  }
}

function tellLeftOut(editor, said) {
  if (!said.length) return;
  editor.showNotification(said.map(CKEDITOR.tools.htmlEncode).join("<br>"), "warning", 0);
  for (const sentence of said) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "left_out", value: sentence });
    editor.element.$.form.append(field);
  }
}

function insertPasted(editor, html, plain) {
  const words = html.trim().replace(/^<p>([^]*)<\/p>$/, "$1");
  const hasBlocks = /<\/?(?:p|h\d|[uo]l|li|table|figure|blockquote|hr|div|details)\b/.test(words);
  editor.focus();
  if (hasBlocks || !withinWords(editor, words, plain)) editor.insertHtml(html);
  editor.fire("saveSnapshot");
}

// Words alone go on with the paragraph in which they are pasted, spaces and all, which
// the editor's own way trims.
function withinWords(editor, html, plain) {
  const selection = editor.getSelection().getNative();
  if (!selection.rangeCount) return false;
  const range = selection.getRangeAt(0), start = range.startContainer;
  if (!(start.nodeType === 1 ? start : start.parentElement).closest("p, h2, h3, h4, li, td, th, figcaption")) return false;
  const [before, after] = [/^[^\S\n]/, /[^\S\n]$/].map((space) => (space.test(plain) ? " " : ""));
  editor.fire("saveSnapshot");
  range.deleteContents();
  range.insertNode(range.createContextualFragment(before + html + after));
  range.collapse(false);
  selection.removeAllRanges();
  selection.addRange(range);
  editor.fire("change");
  return true;
}

CKEDITOR.on("instanceLoaded", ({ editor }) => {
  followTheme(editor);
  editor.on("paste", (event) => {
    const { dataTransfer, type } = event.data;
    if (!dataTransfer || type === "text") return;
    if (dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_INTERNAL) return;
    const html = dataTransfer.getData("text/html", true);
    if (!html) return;
    event.cancel();
    const plain = dataTransfer.getData("text/plain");
    const cleaned = cleanedByServer(editor, html, plain);
    // In the order in which they were pasted; who saves waits for it.
    editor.pasting = Promise.resolve(editor.pasting)
      .then(async () => insertPasted(editor, await cleaned, plain)).catch(reportError);
  }, null, null, 1);

  // After a caption the writing goes on below the picture, not in a second caption.
  editor.on("key", (event) => {
    const inner = editor.elementPath()?.contains("figcaption");
    if (event.data.keyCode !== 13 || !inner) return;
    event.cancel();
    const after = editor.document.createElement("p");
    after.appendBogus();
    after.insertAfter(inner.getAscendant("figure") || inner);
    const range = editor.createRange();
    range.moveToElementEditStart(after);
    range.select();
    editor.fire("saveSnapshot");
  });
});
