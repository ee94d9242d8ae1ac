// Read by CKEditor itself (customConfig), in the admin only.
CKEDITOR.editorConfig = function (config) {
  config.removeFormatTags += ",time";
  // Lets the upload address keep Django's protection against forged requests.
  config.fileTools_requestHeaders = {
    "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
  };
};

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

CKEDITOR.on("dialogDefinition", function (event) {
  if (event.data.name !== "image") return;
  const dialog = event.data.definition;
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
});
