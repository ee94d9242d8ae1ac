// What the editor adds to a text: deadlines, callouts, folds, captions, buttons.

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
