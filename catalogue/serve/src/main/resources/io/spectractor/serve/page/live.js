// Puts what the server tells of a run that goes on into its page.
"use strict";
const parts = document.getElementById("parts");
const status = document.getElementById("live");
const source = new EventSource(parts.dataset.events);
for (const part of parts.querySelectorAll("[data-part]")) {
  source.addEventListener(part.dataset.part, (event) => {
    const open = [...part.querySelectorAll("details")].map((details) => details.open);
    part.innerHTML = event.data;
    part.querySelectorAll("details").forEach((details, i) => { details.open = Boolean(open[i]); });
  });
}
source.addEventListener("open", () => { status.textContent = "This page follows the run."; });
source.addEventListener("error", () => { status.textContent = "The server does not answer; trying again."; });
source.addEventListener("end", (event) => {
  source.close();
  status.textContent = event.data + ".";
});
