// In place of Django's own, which throws where a browser is set to store nothing, and then
// leaves its button dead. The choice lasts as long as the page there.
"use strict";
{
  const THEMES = ["auto", "light", "dark"];
  let theme = "auto";
  try {
    theme = localStorage.getItem("theme") ?? theme;
  } catch { /* As the system has it. */ }

  function set(name) {
    theme = THEMES.includes(name) ? name : "auto";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch { /* Not kept. */ }
  }

  set(theme);
  addEventListener("load", () => {
    for (const button of document.getElementsByClassName("theme-toggle")) {
      button.addEventListener("click", () => {
        const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
        const order = isDark ? THEMES : ["auto", "dark", "light"];
        set(order[(order.indexOf(theme) + 1) % 3]);
      });
    }
  });
}
