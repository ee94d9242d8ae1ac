// Passkeys: what the browser says when one does not work, in words; "Print" and "Copy".
"use strict";
{
  const button = document.getElementById("passkey");
  const trouble = document.getElementById("passkey-trouble");
  const here = location.hostname;
  const SAID = {
    NotAllowedError: `No passkey was used. It was called off, or there is none for ${here} on this device: a passkey works only at the address where it was made. Try again, or use another way.`,
    SecurityError: `Passkeys do not work at ${here}. Open the desk at the site’s own name, or use an authenticator app.`,
    InvalidStateError: "This device holds a passkey for your account already. Use that one, or another device.",
    NotSupportedError: "This device cannot hold such a passkey. Use another one, or an authenticator app.",
  };
  const UNKNOWN = "The passkey did not work. Try again, or use another way.";

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    trouble.textContent = SAID[event.detail.exception.name] ?? UNKNOWN;
  });
  if (button && !window.PublicKeyCredential) {
    button.hidden = true;
    trouble.textContent = button.dataset.passkey === "login" ? "" : "This browser knows no passkeys. Use another way.";
  } else if (button) {
    const ids = { credential: "passkey-credential", data: "passkey-data", passwordless: "passkey-alone" };
    const form = button.dataset.passkey;
    allauth.webauthn.forms[`${form}Form`]({ ids: { ...ids, [form]: "passkey" } });
    button.addEventListener("click", () => { trouble.textContent = ""; });
    button.hidden = false;
  }
  for (const print of document.querySelectorAll("[data-print]")) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  for (const copy of document.querySelectorAll("[data-copy]")) {
    const address = document.getElementById(copy.dataset.copy);
    copy.hidden = !navigator.clipboard;
    copy.addEventListener("click", async () => {
      address.select();
      try {
        await navigator.clipboard.writeText(address.value);
      } catch { // Refused, as where another window is in front: the old way asks nobody.
        if (!document.execCommand("copy")) return;
      }
      copy.textContent = "Copied";
    });
  }
}
