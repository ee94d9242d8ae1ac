// Read by CKEditor itself (customConfig), in the admin only.
CKEDITOR.editorConfig = function (config) {
  // Lets the upload address keep Django's protection against forged requests.
  config.fileTools_requestHeaders = {
    "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
  };
};

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
