// What somebody typed and never saved is offered when they open the article again: shown,
// put back into the form, or discarded.
"use strict";
{
  const { get, post, told, why, openPages, element } = window.desk;

  // The newest copy of those that no open page is writing, on one line. page: what
  // autosave.js says of the page.
  window.offerCopies = async (page) => {
    const { place, name } = page;
    const answer = await get(place.dataset.keep).catch(() => null);
    const open = await openPages(), { autosaves } = (await told(answer)) ?? { autosaves: [] };
    const [newest] = autosaves.filter((copy) => copy.name !== name && !open.has(copy.name));
    place.dataset.looked = "";
    place.replaceChildren(...(newest ? [lineOf(newest, page)] : []));
  };

  function lineOf(copy, page) {
    const { kept, versionToken } = page.place.dataset;
    const box = element("section", "", { className: "desk-note offer" });
    let seen = copy.typed_at;
    const url = `${kept}${copy.name}/`, shown = element("div", "", { hidden: true, tabIndex: 0 });
    const older = copy.version_token === versionToken ? "" : " The article was saved after you began it.";
    const button = (words, act) => {
      const made = element("button", words, { type: "button", className: "button plain small" });
      // The second press of a double click is not meant for the copy that stands here next.
      made.onclick = async ({ detail }) => {
        if (detail > 1) return;
        const all = box.querySelectorAll("button");
        for (const one of all) one.disabled = true;
        await act().catch(async () => page.say(`${await why()} Try again.`, true));
        for (const one of all) one.disabled = false;
        if (box.isConnected) made.focus();
      };
      return made;
    };
    const read = async () => {
      const answer = await get(url);
      if (!answer.ok) throw answer;
      return answer.json();
    };
    // One that is gone already was let go in another tab; one that was written on there
    // stays, and is offered as it is now.
    const letGo = async (typed_at) => {
      const answer = await post(url, new URLSearchParams({ typed_at }));
      if (answer.status === 409) page.say(await answer.text(), true);
      else if (!answer.ok && answer.status !== 404) throw answer;
    };
    const next = async () => {
      await window.offerCopies(page);
      (page.place.querySelector("button") ?? page.form.elements.title).focus();
    };
    const show = button("Show the copy", async () => {
      if (shown.hidden) {
        const copy = await read();
        shown.innerHTML = copy.shown;
        seen = copy.typed_at;
      }
      shown.hidden = !shown.hidden;
      show.setAttribute("aria-expanded", String(!shown.hidden));
      show.textContent = shown.hidden ? "Show the copy" : "Hide the copy";
    });
    const use = button("Use it", async () => {
      const { fields, typed_at } = await read();
      putBack(fields, page);
      // It is let go only when the server has it as this page's.
      if (await page.go()) await letGo(typed_at);
      await next();
    });
    const discard = button("Discard", async () => {
      await letGo(seen);
      await next();
    });
    show.setAttribute("aria-expanded", "false");
    shown.setAttribute("role", "region");
    shown.setAttribute("aria-label", "Your own copy");
    box.append(element("p", `Your own copy of ${copy.at} is not in the article yet.${older}`), show, use, discard, shown);
    return box;
  }

  // The form as a browser sends it, without files; and what its choices are called, since
  // a list of thousands is not in the page.
  window.fieldsOf = (form) => {
    const body = new URLSearchParams(), called = {};
    for (const [field, value] of new FormData(form)) {
      if (typeof value === "string" && field !== "csrfmiddlewaretoken") body.append(field, value);
    }
    for (const list of form.querySelectorAll("select.admin-autocomplete")) {
      called[list.name] = Object.fromEntries([...list.selectedOptions].map((one) => [one.value, one.text]));
    }
    body.append("called", JSON.stringify(called));
    return body;
  };

  // Whether anything was typed or chosen before a script could hear of it. What the browser
  // itself fills in again, on the way back, is not typed.
  window.isFilledIn = (form) =>
    performance.getEntriesByType("navigation")[0]?.type !== "back_forward"
    && [...form.querySelectorAll("textarea, input:not([type=range]), select")].some(isChanged);

  function isChanged({ type, options, multiple, selectedIndex, value, defaultValue, checked, defaultChecked }) {
    if (["checkbox", "radio"].includes(type)) return checked !== defaultChecked;
    if (!options) return value !== defaultValue;
    const all = [...options];
    return multiple
      ? all.some((one) => one.selected !== one.defaultSelected)
      : selectedIndex !== Math.max(all.findIndex((one) => one.defaultSelected), all.length ? 0 : -1);
  }

  function putBack(pairs, { form, editor, touch }) {
    const was = new URLSearchParams(pairs), called = JSON.parse(was.get("called") || "{}");
    for (const field of form.elements) {
      const values = was.getAll(field.name);
      if (!field.name || ["autosave", "csrfmiddlewaretoken", "want"].includes(field.name)) continue;
      if (["submit", "button", "file"].includes(field.type)) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (field.tagName === "SELECT") choose(field, values, called[field.name] ?? {});
      else if (values.length) field.value = values[0];
      if (field.name === "body" && editor) editor.setData(field.value);
      window.django?.jQuery(field).trigger("change");
    }
    touch();
  }

  function choose(field, values, called) {
    const there = new Set([...field.options].map((option) => option.value));
    values.filter((value) => !there.has(value)).forEach((value) => field.add(new Option(called[value] ?? value, value)));
    for (const option of field.options) option.selected = values.includes(option.value);
  }
}
