// Shows what becomes of requests that are in work. What has the keyboard's focus keeps it.
"use strict";
async function look() {
  const part = document.querySelector("[data-follow]");
  try {
    const text = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
    if (!fresh) {
      location.reload();
      return;
    }
    if (fresh.innerHTML !== part.innerHTML) {
      const focused = document.activeElement;
      const address = (element) => element?.getAttribute("href") ?? element?.closest?.("form")?.getAttribute("action");
      const before = part.contains(focused) ? address(focused) : null;
      part.replaceChildren(...fresh.childNodes);
      const again = [...part.querySelectorAll("a, button")].find((element) => before && address(element) === before);
      again?.focus();
    }
    if (!fresh.hasAttribute("data-follow")) {
      return;
    }
  } catch {
    // the server does not answer now
  }
  setTimeout(look, 3000);
}
setTimeout(look, 3000);
