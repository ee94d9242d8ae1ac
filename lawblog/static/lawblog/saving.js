// Ctrl+S and "Save" save an article in place: no new page, the cursor and what can be undone
// stay. What a save changes beside the text comes from the page that the server
// answers with. A new article, which gets an address, comes back to the same words.
"use strict";
{
  const PLACE = "lawblog:place";
  // What is said anew.
  const PARTS = ["#standing", "#autosave-said", "#checks", "#told"];

  // true: saved. false: the form must be sent as ever, so that what is wrong is shown.
  // Throws where the server does not answer.
  window.saveInPlace = async (form) => {
    if (!location.pathname.endsWith("/change/")) return false;
    const body = new FormData(form);
    body.append("_continue", "1");
    // A picture may take its time.
    const signal = body.get("picture")?.size ? undefined : AbortSignal.timeout?.(60000);
    const answer = await fetch(location.pathname, { method: "POST", body, credentials: "same-origin", signal });
    if (answer.status >= 500) throw answer;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("post_form");
    if (!answer.redirected || !fresh || new URL(answer.url).pathname !== location.pathname) return false;
    for (const part of PARTS) {
      const [now, next] = [form.querySelector(part), fresh.querySelector(part)];
      if (now && next && !now.contains(document.activeElement)) now.replaceChildren(...next.childNodes);
    }
    form.elements.version_token.value = fresh.elements.version_token.value;
    document.getElementById("autosave").dataset.versionToken = page.getElementById("autosave").dataset.versionToken;
    for (const told of form.querySelectorAll("[name=left_out]")) told.remove();
    // It was stored with the form; once is enough.
    if (form.elements.picture) form.elements.picture.value = "";
    say(page.querySelector(".messagelist"));
    return true;
  };

  // The button goes along as a field: not every browser can send the form by a button
  // twice. Who stops it may press another.
  window.sendBy = (form, { name, value }) => {
    const field = window.desk.element("input", "", { type: "hidden", name, value });
    form.append(field);
    HTMLFormElement.prototype.submit.call(form);
    field.remove();
  };

  // Says why it cannot be saved now. answer: who is signed in, or null where the server does
  // not answer; login: the address of the sign-in page; again: tries once more.
  window.saveLater = (answer, login, again) => {
    const { element } = window.desk;
    const box = element("dialog", "", { className: "desk-note" });
    const why = !answer
      ? "The server does not answer. Try again in a minute."
      : answer.user
        ? "Somebody else is signed in now. Sign in again in a new tab, then come back."
        : "You were signed out. Sign in again in a new tab, then come back.";
    const now = element("button", "Save now", { type: "button", className: "button" });
    const stay = element("button", "Back to the text", { type: "button", className: "button plain" });
    now.onclick = () => { box.close(); again(); };
    stay.onclick = () => box.close();
    box.onclose = () => box.remove();
    box.append(element("p", `${why} Nothing is lost: your text is still here.`));
    if (answer) {
      const link = element("a", "Sign in", { href: login, target: "_blank" });
      box.append(element("p", ""), link, " ");
    }
    box.append(now, " ", stay);
    document.body.append(box);
    box.showModal();
  };

  // "Saved" stands beside the text; a warning is more than that.
  function say(list) {
    document.querySelector(".messagelist")?.remove();
    for (const good of list?.querySelectorAll(".success") ?? []) good.remove();
    if (list?.children.length) document.getElementById("content").before(list);
  }

  // Where one is: the field, the letters before the cursor, and how far the text is rolled.
  function before(root, node, offset) {
    const range = root.ownerDocument.createRange();
    range.setStart(root, 0);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  window.rememberPlace = (editor) => {
    const frame = editor?.window?.$, root = editor?.editable()?.$, at = frame?.getSelection();
    const place = { when: Date.now(), page: scrollY, field: document.activeElement.id };
    if (editor?.focusManager.hasFocus && at?.rangeCount && root.contains(at.focusNode)) {
      Object.assign(place, { letters: before(root, at.focusNode, at.focusOffset), text: frame.scrollY });
    }
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(place));
    } catch { /* The page begins at its top. */ }
  };

  window.findPlace = (editor) => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
    } catch { /* There is none. */ }
    if (!place || Date.now() - place.when > 60000 || !location.pathname.endsWith("/change/")) return;
    if (place.letters === undefined) document.getElementById(place.field)?.focus();
    else if (editor) {
      const root = editor.editable().$, walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let left = place.letters, node = walker.nextNode();
      while (node && left > node.length) {
        left -= node.length;
        node = walker.nextNode();
      }
      editor.focus();
      if (node) editor.window.$.getSelection().collapse(node, left);
      editor.window.$.scrollTo(0, place.text);
    }
    scrollTo(0, place.page);
  };
}
