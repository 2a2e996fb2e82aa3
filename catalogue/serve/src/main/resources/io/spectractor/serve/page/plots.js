// Reads values off a plot and shows parts of it. The server draws each part anew, with all that is in it; its ends stand in the address.
"use strict";
const numbers = (text) => text.split(" ").map(Number);
const svgNode = (name, attributes) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) { node.setAttribute(key, value); }
  return node;
};
const clamp = (value, from, to) => Math.max(from, Math.min(to, value));
const day = (mjd) => new Date(Math.round((mjd - 40587) * 1440) * 60000).toISOString().slice(0, 16).replace("T", " ") + " UTC";

function prepare(box) {
  const svg = box.querySelector("svg.plot[data-range]");
  if (!svg) { return; }
  const range = numbers(svg.dataset.range);
  const [left, top, right, bottom] = numbers(svg.dataset.frame);
  const down = "down" in svg.dataset;
  const [, yName, xName] = /^(.*) against (.*)$/s.exec(svg.getAttribute("aria-label")) || ["", "y", "x"];
  const names = svg.dataset.zoom ? svg.dataset.zoom.split(" ") : [];
  const xAt = (px) => range[0] + (px - left) / (right - left) * (range[1] - range[0]);
  const yAt = (py) => range[2] + (down ? py - top : bottom - py) / (bottom - top) * (range[3] - range[2]);
  const digits = (value, from, to) => {
    // a pixel's worth of digits
    const n = clamp(1 + Math.ceil(Math.log10(Math.max(Math.abs(from), Math.abs(to)) / (to - from) * 800)), 3, 12);
    return String(Number(value.toPrecision(n)));
  };
  const place = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [clamp(at.x, left, right), clamp(at.y, top, bottom)];
  };

  const bar = document.createElement("div");
  bar.className = "plotbar";
  const said = document.createElement("span");
  said.className = "note";
  const hint = names.length === 0 ? "" : matchMedia("(hover: none)").matches ? "two fingers zoom"
    : names.length === 2 ? "drag along the axis for a part" : "drag for a part, double-click for the whole";
  said.textContent = hint;
  const cross = svgNode("path", { class: "cross", d: "" });
  svg.append(cross);
  svg.addEventListener("pointermove", (event) => {
    const [px, py] = place(event);
    const x = xAt(px);
    cross.setAttribute("d", "M" + px + " " + top + "V" + bottom + "M" + left + " " + py + "H" + right);
    said.textContent = xName.replace(/ \(.*/, "") + " " + digits(x, range[0], range[1]) + (xName.startsWith("MJD") ? " (" + day(x) + ")" : "")
      + ", " + yName.replace(/ \(.*/, "") + " " + digits(yAt(py), range[2], range[3]);
  });
  svg.addEventListener("pointerleave", () => { cross.setAttribute("d", ""); said.textContent = hint; });

  async function show(part, focus) {
    const address = new URL(location.href);
    const texts = part ? part.map((value) => String(Number(value.toPrecision(10)))) : [];
    if (part && (Number(texts[0]) >= Number(texts[1]) || Number(texts[2]) >= Number(texts[3]))) { return; }
    if (names.length === 1) {
      part ? address.searchParams.set(names[0], texts.join(",")) : address.searchParams.delete(names[0]);
    }
    for (let i = 0; i < names.length && names.length > 1; i++) {
      part ? address.searchParams.set(names[i], texts[i]) : address.searchParams.delete(names[i]);
      document.querySelectorAll("input[name=" + names[i] + "]").forEach((input) => { input.value = part ? texts[i] : ""; });
    }
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(box.id);
      if (!answer.ok || !fresh) { throw new Error("the server answers " + answer.status); }
      history.replaceState(null, "", address);
      const own = document.importNode(fresh, true);
      box.replaceWith(own);
      prepare(own);
      if (focus) { own.querySelector("button[data-does=\"" + focus + "\"]")?.focus(); }
    } catch (error) {
      box.removeAttribute("aria-busy");
      said.textContent = "this part can't be shown now (" + error.message + ")";
    }
  }

  if (names.length > 0) {
    const about = (factor, shift) => {
      const ends = [...range];
      for (const i of names.length === 2 ? [0] : [0, 2]) {
        const middle = (range[i] + range[i + 1]) / 2 + (i === 0 ? shift * (range[1] - range[0]) : 0);
        const half = (range[i + 1] - range[i]) / 2 * (i === 2 && shift !== 0 ? 1 : factor);
        ends[i] = middle - half;
        ends[i + 1] = middle + half;
      }
      return ends;
    };
    const actions = [["+", "closer", () => about(0.5, 0)], ["−", "wider", () => about(2, 0)], ["←", "to the left", () => about(1, -0.25)],
      ["→", "to the right", () => about(1, 0.25)], ["whole", "the whole plot", () => null]];
    for (const [text, label, part] of actions) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.dataset.does = label;
      button.setAttribute("aria-label", label);
      button.title = label;
      button.addEventListener("click", () => show(part(), label));
      bar.append(button);
    }
    // along one axis alone if it is dragged along that
    const corners = (from, to) => {
      const wide = Math.abs(to[0] - from[0]);
      const high = Math.abs(to[1] - from[1]);
      const x = names.length !== 2 && wide < 12 && high > 40 ? [left, right] : [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
      const y = names.length === 2 || (high < 12 && wide > 40) ? [top, bottom] : [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
      return [...x, ...y];
    };
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (start) => {
      // a finger scrolls
      if (start.button !== 0 || start.pointerType === "touch") { return; }
      start.preventDefault();
      const from = place(start);
      const frame = svgNode("rect", { class: "part" });
      svg.append(frame);
      const move = (event) => {
        const [x0, x1, y0, y1] = corners(from, place(event));
        for (const [key, value] of Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })) { frame.setAttribute(key, value); }
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", (event) => {
        window.removeEventListener("pointermove", move);
        frame.remove();
        const [x0, x1, y0, y1] = corners(from, place(event));
        if (x1 - x0 > 5 && y1 - y0 > 5) {
          // the click that ends it opens no link
          svg.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
          show([xAt(x0), xAt(x1), ...[yAt(y0), yAt(y1)].sort((a, b) => a - b)], "");
        }
      }, { once: true });
    });
    svg.addEventListener("dblclick", () => show(null, ""));
    pinch();
  }
  // What is under two fingers stays under them. One finger scrolls, as everywhere.
  function pinch() {
    let begin = null;
    let end = null;
    const pair = (touches) => {
      const to = svg.getScreenCTM().inverse();
      const [a, b] = [touches[0], touches[1]].map((touch) => new DOMPoint(touch.clientX, touch.clientY).matrixTransform(to));
      return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, wide: Math.abs(a.x - b.x), high: Math.abs(a.y - b.y), apart: Math.hypot(a.x - b.x, a.y - b.y) };
    };
    const content = svg.querySelectorAll("g[clip-path] > *, image");
    svg.addEventListener("touchstart", (event) => {
      if (event.touches.length !== 2 || !event.cancelable) { return; }
      event.preventDefault();
      begin = pair(event.touches);
      end = { kx: 1, ky: 1, dx: 0, dy: 0 };
    }, { passive: false });
    svg.addEventListener("touchmove", (event) => {
      if (!begin || event.touches.length !== 2) { return; }
      if (event.cancelable) { event.preventDefault(); }
      const now = pair(event.touches);
      const factor = clamp(now.apart / Math.max(begin.apart, 1), 0.1, 20);
      // along one axis alone if the fingers lie along that
      const kx = names.length !== 2 && begin.high > 2.5 * begin.wide ? 1 : factor;
      const ky = names.length === 2 || begin.wide > 2.5 * begin.high ? 1 : factor;
      end = { kx, ky, dx: now.x - kx * begin.x, dy: ky === 1 && names.length === 2 ? 0 : now.y - ky * begin.y };
      content.forEach((one) => one.setAttribute("transform", "matrix(" + [kx, 0, 0, ky, end.dx, end.dy].join(" ") + ")"));
    }, { passive: false });
    const over = (event) => {
      if (!begin) { return; }
      const { kx, ky, dx, dy } = end;
      begin = null;
      const still = () => content.forEach((one) => one.removeAttribute("transform"));
      if (event.type === "touchcancel" || (kx === 1 && ky === 1 && Math.hypot(dx, dy) < 5)) {
        still();
        return;
      }
      const ys = [yAt((top - dy) / ky), yAt((bottom - dy) / ky)].sort((a, b) => a - b);
      show([xAt((left - dx) / kx), xAt((right - dx) / kx), ...ys], "").then(still);
    };
    svg.addEventListener("touchend", over);
    svg.addEventListener("touchcancel", over);
  }
  bar.append(said);
  box.querySelector(".plotbox").after(bar);
}
document.querySelectorAll(".drawn").forEach(prepare);
