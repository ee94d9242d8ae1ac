// Read by CKEditor itself (customConfig), in the admin only.
function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

CKEDITOR.editorConfig = function (config) {
  config.removeFormatTags += ",time";
  // Lets the upload address keep Django's protection against forged requests.
  config.fileTools_requestHeaders = {
    "X-CSRFToken": token(),
  };
};

// The sheet has the colours of the desk, whichever are chosen there.
function follow(editor) {
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
async function pasted(editor, html, plain) {
  try {
    const answer = await fetch("/admin/paste/", {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": token() },
      body: new URLSearchParams({ html }),
    });
    if (!answer.ok) throw new Error();
    const { html: kept, said } = await answer.json();
    remember(editor, said);
    return kept;
  } catch {
    editor.showNotification("The desk did not answer, so the text was pasted without its formatting.", "warning", 0);
    return plain.split(/\n\s*\n/).map((part) =>
      `<p>${CKEDITOR.tools.htmlEncode(part.trim()).replace(/\n/g, "<br>")}</p>`).join("");
  }
}

function remember(editor, said) {
  if (!said.length) return;
  editor.showNotification(said.map(CKEDITOR.tools.htmlEncode).join("<br>"), "warning", 0);
  for (const sentence of said) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "left_out", value: sentence });
    editor.element.$.form.append(field);
  }
}

function insert(editor, html, plain) {
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
  follow(editor);
  editor.on("paste", (event) => {
    const { dataTransfer, type } = event.data;
    if (!dataTransfer || type === "text") return;
    if (dataTransfer.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_INTERNAL) return;
    const html = dataTransfer.getData("text/html", true);
    if (!html) return;
    event.cancel();
    const plain = dataTransfer.getData("text/plain");
    pasted(editor, html, plain).then((kept) => insert(editor, kept, plain));
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

// Marks the words of a deadline, like "file by March 15, 2027". The day is read from the
// words when the text is saved; here no mark holds one.
CKEDITOR.plugins.add("deadline", {
  init(editor) {
    const style = new CKEDITOR.style({ element: "time", attributes: { "data-deadline": "?" } });
    const marked = () => editor.elementPath()?.contains("time");
    const command = editor.addCommand("deadline", {
      allowedContent: "time[!data-deadline]",
      exec() {
        editor.fire("saveSnapshot");
        const mark = marked();
        if (mark) mark.remove(true);
        else editor.applyStyle(style);
        editor.fire("saveSnapshot");
        command.refresh(editor, editor.elementPath());
      },
      refresh() {
        this.setState(marked() ? CKEDITOR.TRISTATE_ON : CKEDITOR.TRISTATE_OFF);
      },
      contextSensitive: true,
    });
    editor.ui.addButton("Deadline", {
      label: "Deadline",
      title: "Deadline: readers are told when its date has passed",
      command: "deadline",
    });
  },
  afterInit(editor) {
    editor.dataProcessor.dataFilter.addRules({
      elements: {
        time(element) {
          if ("data-deadline" in element.attributes) element.attributes["data-deadline"] = "?";
        },
      },
    });
  },
});

// Blocks: a callout, what opens and closes, a caption under a picture, a link as a
// button. While it is written, what opens and closes is a plain box, since in browsers
// a space typed into a <summary> closes it.
CKEDITOR.plugins.add("blocks", {
  init(editor) {
    const say = (words) => editor.showNotification(words, "info", 5000);
    const top = (node) => {
      const parents = node.getParents(true);
      return parents.find((each) => each.getParent()?.equals(editor.editable()));
    };
    const chosen = () => {
      const found = [], range = editor.getSelection()?.getRanges()[0];
      const iterator = range?.createIterator();
      for (let block = iterator?.getNextParagraph(); block; block = iterator.getNextParagraph()) {
        const whole = top(block);
        if (whole && !found.some((one) => one.equals(whole))) found.push(whole);
      }
      return found;
    };
    const around = (name) => editor.elementPath()?.contains((each) => each.hasClass?.(name));
    const select = (element) => {
      const range = editor.createRange();
      range.selectNodeContents(element);
      range.select();
    };

    function wrap(name) {
      const blocks = chosen();
      if (!blocks.length) return null;
      const box = editor.document.createElement("div", { attributes: { class: name } });
      box.insertBefore(blocks[0]);
      blocks.forEach((block) => box.append(block));
      return box;
    }
    const unwrap = (box) => box.remove(true);

    // {name: [label, what it says, what it does]}
    const blocks = {
      Callout: ["Callout", "Put a box around the selected paragraphs", () => {
        const box = around("callout");
        if (box) unwrap(box);
        else wrap("callout");
      }],
      Fold: ["Open and close", "Fold the selected paragraphs: readers press the first to open the rest", () => {
        const there = around("fold");
        if (there) {
          there.find(".fold-title").toArray().forEach((title) => title.removeClass("fold-title"));
          unwrap(there);
          return;
        }
        const box = wrap("fold");
        if (!box) return;
        let title = box.getFirst();
        if (!title.is("p")) {
          title = editor.document.createElement("p");
          title.setText("Question");
          title.insertBefore(box.getFirst());
        }
        title.addClass("fold-title");
        if (box.getChildCount() < 2) box.append(CKEDITOR.dom.element.createFromHtml("<p>Answer</p>", editor.document));
        select(title);
      }],
      Caption: ["Caption", "Add a caption to the selected picture", () => {
        const picture = editor.getSelection().getSelectedElement();
        if (!picture?.is("img")) return say("Select a picture in the text first.");
        if (picture.getAscendant("figure")) return say("This picture has a caption already.");
        const figure = editor.document.createElement("figure");
        const caption = editor.document.createElement("figcaption");
        caption.setText("Caption");
        const block = top(picture);
        figure.insertAfter(block);
        picture.appendTo(figure);
        figure.append(caption);
        if (!block.getText().trim() && !block.findOne("img")) block.remove();
        select(caption);
      }],
      LinkButton: ["Button", "Show the selected link as a button", () => {
        const link = CKEDITOR.plugins.link.getSelectedLink(editor);
        if (!link) return say("Put the cursor into a link first, then press this.");
        if (link.hasClass("button")) link.removeClass("button");
        else link.addClass("button");
      }],
    };
    for (const [name, [label, words, run]] of Object.entries(blocks)) {
      editor.addCommand(name, { exec() { editor.fire("saveSnapshot"); run(); editor.fire("saveSnapshot"); editor.fire("change"); } });
      editor.ui.addButton(name, { label: words, command: name, title: words });
      // The skin draws icons; a word says more.
      editor.on("uiReady", () => {
        const place = document.querySelector(`#${editor.id}_top .cke_button__${name.toLowerCase()}_label`);
        if (place) place.textContent = label;
      });
    }

    editor.on("key", (event) => {
      if (event.data.keyCode !== 13) return;
      const block = editor.elementPath()?.block, box = around("callout") ?? around("fold");
      if (!block || !box) return;
      const last = box.getLast((node) => node.type === CKEDITOR.NODE_ELEMENT);
      // An empty last line leaves the box, as it leaves a list.
      if (!block.getText().trim() && block.equals(last) && box.getChildCount() > 1) {
        block.insertAfter(box);
        const range = editor.createRange();
        range.moveToElementEditStart(block);
        range.select();
        event.cancel();
      }
    });
    editor.on("afterCommandExec", (event) => {
      if (event.data.name !== "enter") return;
      const block = editor.elementPath()?.block;
      if (block?.hasClass("fold-title") && block.getPrevious()) block.removeClass("fold-title");
    });
  },
  afterInit(editor) {
    const { dataFilter, htmlFilter } = editor.dataProcessor;
    dataFilter.addRules({ elements: {
      details(element) { element.name = "div"; element.attributes.class = "fold"; },
      summary(element) { element.name = "p"; element.attributes.class = "fold-title"; },
    } });
    htmlFilter.addRules({ elements: {
      div(element) {
        if (!element.hasClass("fold")) return;
        element.name = "details";
        delete element.attributes.class;
        const [first] = element.children.filter((child) => child.name);
        if (first) first.name = "summary";
      },
      $(element) {
        element.removeClass?.("fold-title");
        if (element.attributes.class === "") delete element.attributes.class;
      },
    } });
  },
});

// A note to a colleague on the words that are chosen. It stands beside the text, and the
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
    quote.onkeydown = (event) => event.key === "Enter" && show();
  }
  frame.CSS.highlights.set("note", highlight);
  if (!body.ownerDocument.getElementById("of-notes")) {
    const style = Object.assign(body.ownerDocument.createElement("style"), { id: "of-notes", textContent: "::highlight(note){background:#fcf0cc;color:#4a3706}" });
    body.ownerDocument.head.append(style);
  }
}

CKEDITOR.on("dialogDefinition", (event) => {
  const change = { image: pictureDialog, link: linkDialog, table: tableDialog }[event.data.name];
  if (change) change(event.data.definition);
});

function pictureDialog(dialog) {
  const info = dialog.getContents("info");
  ["txtBorder", "txtHSpace", "txtVSpace", "cmbAlign"].forEach((id) => info.remove(id));
  // Removing the preview makes the dialog fail when it opens, so it is hidden.
  info.get("htmlPreview").style = "display:none";
  info.get("txtAlt").label = "Description for people who cannot see the picture";
  info.get("txtAlt").validate = CKEDITOR.dialog.validate.notEmpty(
    "Describe the picture for people who cannot see it. If it says nothing, write: decorative",
  );
  // Stored as an empty description with a role; shown again as the word.
  const setUp = info.get("txtAlt").setup;
  info.get("txtAlt").setup = function (type, element) {
    setUp.call(this, type, element);
    if (element.getAttribute("role") === "presentation") this.setValue("decorative");
  };
  dialog.minWidth = 260;
  dialog.minHeight = 100;
  info.add({
    type: "text",
    id: "library",
    label: "Or choose from the library: words of a name or description",
    setup() { offer(this); },
    onShow() { this.setValue(""); offer(this); },
    onKeyUp() { offer(this); },
  });
  info.add({ type: "html", id: "own", html: '<div class="own-pictures" role="group" aria-label="Pictures of the library"></div>' });
}

async function offer(field) {
  const dialog = field.getDialog(), words = field.getValue().trim();
  const box = dialog.getContentElement("info", "own").getElement().$;
  const found = await libraryPictures(words);
  if (field.getValue().trim() !== words) return;
  showPictures(box, found, ({ url, alt }) => {
    dialog.setValueOf("info", "txtUrl", url);
    if (alt) dialog.setValueOf("info", "txtAlt", alt);
    dialog.getContentElement("info", "txtAlt").focus();
  });
}

function tableDialog(dialog) {
  const info = dialog.getContents("info");
  info.get("selHeaders").default = "row";
  // How wide a table is and what lines it has is the page's.
  ["txtWidth", "txtHeight", "txtBorder", "txtCellSpace", "txtCellPad", "cmbAlign", "txtSummary"].forEach((id) => info.remove(id));
}

// One field for the address, and our own articles below it.
function linkDialog(dialog) {
  const info = dialog.getContents("info");
  const url = info.get("url"), protocol = info.get("protocol");
  protocol.style = "display:none";
  protocol.default = "";
  protocol.setup = function () { this.setValue(""); };
  url.label = "Address, or words of one of our articles";
  url.onKeyUp = function () { suggest(this); };
  url.onChange = function () {};
  url.setup = function (data) {
    const { protocol: scheme = "", url: rest = "" } = data.url || {};
    this.setValue(scheme + rest);
    suggest(this);
  };
  url.commit = function (data) {
    data.url = { protocol: "", url: whole(this.getValue().trim()) };
  };
  info.get("urlOptions").children[0].widths = ["0%", "100%"];
  const own = { type: "html", id: "own", html: '<div class="own-articles" role="group" aria-label="Our articles"></div>' };
  const at = info.get("urlOptions").children.findIndex((one) => one.id === "browse");
  info.get("urlOptions").children.splice(at < 0 ? 1 : at, at < 0 ? 0 : 1, own);
}

// “www.example.gov” means another site, not a page of ours.
function whole(address) {
  const bare = /^(?![a-z][a-z0-9+.-]*:|[/#?])[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)/i;
  return bare.test(address) ? `https://${address}` : address;
}

async function suggest(field) {
  const box = field.getDialog().getContentElement("info", "own").getElement().$;
  const words = field.getValue().trim();
  const isAddress = /^(?:[a-z][a-z0-9+.-]*:|\/|#|www\.)/i.test(words);
  const answer = await fetch(`/admin/posts/post/find/?q=${encodeURIComponent(isAddress ? "" : words)}`);
  const { found } = answer.ok ? await answer.json() : { found: [] };
  if (field.getValue().trim() !== words) return;
  box.replaceChildren(...found.map(({ title, path, note }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: note ? `${title} (${note})` : title });
    button.addEventListener("click", () => { field.setValue(path); field.focus(); });
    return button;
  }));
}
