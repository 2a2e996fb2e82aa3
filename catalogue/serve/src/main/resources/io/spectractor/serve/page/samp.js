// Sends a table to the programs that listen at a SAMP hub on this machine (TOPCAT, Aladin), by the Web Profile of SAMP 1.3.
"use strict";
const hub = "http://localhost:21012/";
const text = (value) => new XMLSerializer().serializeToString(document.createTextNode(value));
const struct = (map) => "<value><struct>" + Object.entries(map).map(([name, value]) =>
  "<member><name>" + name + "</name>" + (typeof value === "string" ? "<value>" + text(value) + "</value>" : struct(value))
  + "</member>").join("") + "</struct></value>";
async function call(method, ...params) {
  const body = "<?xml version=\"1.0\"?><methodCall><methodName>" + method + "</methodName><params>"
    + params.map((one) => "<param>" + (typeof one === "string" ? "<value>" + text(one) + "</value>" : struct(one)) + "</param>").join("")
    + "</params></methodCall>";
  const answer = await fetch(hub, { method: "POST", headers: { "Content-Type": "text/xml" }, body });
  const reply = new DOMParser().parseFromString(await answer.text(), "text/xml");
  if (reply.querySelector("fault")) {
    throw new Error(reply.querySelector("fault").textContent.trim());
  }
  const key = [...reply.querySelectorAll("member")].find((m) => m.querySelector("name").textContent === "samp.private-key");
  return key ? key.querySelector("value").textContent.trim() : "";
}
for (const button of document.querySelectorAll("button.samp")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = button.nextElementSibling;
    said.textContent = "asking the hub; it may want your consent";
    try {
      const key = await call("samp.webhub.register", { "samp.name": "Spectractor" });
      const url = new URL(button.dataset.url, location.href).href;
      await call("samp.webhub.notifyAll", key, { "samp.mtype": "table.load.votable", "samp.params": { url, name: button.dataset.name } });
      await call("samp.webhub.unregister", key);
      said.textContent = "sent";
    } catch (error) {
      said.textContent = "no program took it: start TOPCAT, or say yes when it asks (" + error.message + ")";
    }
  });
}
