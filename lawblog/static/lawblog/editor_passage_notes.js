// A note to a colleague on the words that are selected. It stands beside the text, and the
// words are marked by the browser alone: nothing of it is in the text.
CKEDITOR.plugins.add("passagenote", {
  init(editor) {
    const quote = () => document.getElementById("note-quote");
    if (!quote()) return;
    editor.addCommand("passagenote", {
      readOnly: 1,
      exec() {
        const words = editor.getSelection()?.getSelectedText().replace(/\s+/g, " ").trim();
        if (!words) return editor.showNotification("Select the words in the text first.", "info", 5000);
        quote().closest("details").open = true;
        quote().value = words.slice(0, 600);
        document.getElementById("note-text").focus();
      },
    });
    editor.ui.addButton("PassageNote", { label: "Write a note to a colleague about the selected words", title: "Write a note to a colleague about the selected words", command: "passagenote" });
    editor.on("uiReady", () => {
      const place = document.querySelector(`#${editor.id}_top .cke_button__passagenote_label`);
      if (place) place.textContent = "Note to a colleague";
    });
    const mark = () => markPassages(editor);
    const soon = CKEDITOR.tools.eventsBuffer(500, mark);
    editor.on("contentDom", mark);
    editor.on("change", soon.input);
    document.addEventListener("notes", mark);
  },
});

// The text's letters with single spaces, and where each stands.
function lettersOf(body) {
  const found = { text: "", places: [] };
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const add = (letter, node, at) => {
    const isSpace = /\s/.test(letter);
    if (isSpace && (!found.text || found.text.endsWith(" "))) return;
    found.text += isSpace ? " " : letter;
    found.places.push([node, at]);
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === 1) {
      if (/^(?:P|H\d|LI|TD|TH|CAPTION|FIGCAPTION|DIV|BR|BLOCKQUOTE)$/.test(node.tagName)) add(" ", node, 0);
    } else for (let at = 0; at < node.data.length; at++) add(node.data[at], node, at);
  }
  return found;
}

function markPassages(editor) {
  const frame = editor.window?.$, body = editor.editable()?.$;
  const quotes = document.querySelectorAll("#notes > .note q");
  // A long text is not gone through for nothing.
  if (!body || !frame?.Highlight || !quotes.length && !frame.CSS.highlights.has("note")) return;
  const { text, places } = lettersOf(body), highlight = new frame.Highlight();
  for (const quote of quotes) {
    const at = text.indexOf(quote.textContent);
    if (at < 0) continue;
    const range = body.ownerDocument.createRange();
    const [last, end] = places[at + quote.textContent.length - 1];
    range.setStart(...places[at]);
    range.setEnd(last, last.nodeType === 3 ? end + 1 : end);
    highlight.add(range);
    quote.setAttribute("role", "button");
    quote.tabIndex = 0;
    quote.title = "Show it in the text";
    const show = () => range.startContainer.parentElement.scrollIntoView({ block: "center" });
    quote.onclick = show;
    quote.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      show();
    };
  }
  frame.CSS.highlights.set("note", highlight);
  if (!body.ownerDocument.getElementById("of-notes")) {
    const style = Object.assign(body.ownerDocument.createElement("style"), { id: "of-notes", textContent: "::highlight(note){background:#fcf0cc;color:#4a3706}" });
    body.ownerDocument.head.append(style);
  }
}
