// The dialogs of pictures, links and tables, with our own library and articles in them.
CKEDITOR.plugins.add("owndialogs", {});

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
    setup() { offerPictures(this); },
    onShow() { this.setValue(""); offerPictures(this); },
    onKeyUp() { offerPictures(this); },
  });
  info.add({ type: "html", id: "own", html: '<div class="own-pictures" role="group" aria-label="Pictures of the library"></div>' });
}

async function offerPictures(field) {
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
  url.onKeyUp = function () { suggestArticles(this); };
  url.onChange = function () {};
  url.setup = function (data) {
    const { protocol: scheme = "", url: rest = "" } = data.url || {};
    this.setValue(scheme + rest);
    suggestArticles(this);
  };
  url.commit = function (data) {
    data.url = { protocol: "", url: withScheme(this.getValue().trim()) };
  };
  info.get("urlOptions").children[0].widths = ["0%", "100%"];
  const own = { type: "html", id: "own", html: '<div class="own-articles" role="group" aria-label="Our articles"></div>' };
  const at = info.get("urlOptions").children.findIndex((one) => one.id === "browse");
  info.get("urlOptions").children.splice(at < 0 ? 1 : at, at < 0 ? 0 : 1, own);
}

// “www.example.gov” means another site, not a page of ours.
function withScheme(address) {
  const bare = /^(?![a-z][a-z0-9+.-]*:|[/#?])[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)/i;
  return bare.test(address) ? `https://${address}` : address;
}

async function suggestArticles(field) {
  const box = field.getDialog().getContentElement("info", "own").getElement().$;
  const words = field.getValue().trim();
  const isAddress = /^(?:[a-z][a-z0-9+.-]*:|\/|#|www\.)/i.test(words);
  const answer = await fetch(`/admin/posts/post/find/?q=${encodeURIComponent(isAddress ? "" : words)}`).catch(() => null);
  const { found } = await answer?.json().catch(() => null) ?? { found: [] };
  if (field.getValue().trim() !== words) return;
  box.replaceChildren(...found.map(({ title, path, note }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: note ? `${title} (${note})` : title });
    button.addEventListener("click", () => { field.setValue(path); field.focus(); });
    return button;
  }));
}
