"""The few lines that run beside the page, never in it: in a world of their own that page scripts can't reach.

Every call returns JSON text, because ``runJavaScript`` gives an empty text for lists and objects.
"""

import json
from collections.abc import Mapping

_LIBRARY = r"""
(() => {
  if (globalThis.soh) return;
  const lineOf = (element) => Number(element.getAttribute("data-line"));
  const isOf = (path) => (element) => {
    const file = element.closest("[data-path]");
    return element.getClientRects().length > 0 && (!path || !file || file.dataset.path === path);
  };
  const marked = (path) => [...document.querySelectorAll("[data-line]")].filter(isOf(path));
  const sync = (old, now) => {
    for (const name of old.getAttributeNames())
      if (!now.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    for (const name of now.getAttributeNames())
      if (old.getAttribute(name) !== now.getAttribute(name)) old.setAttribute(name, now.getAttribute(name));
  };
  const morph = (old, now) => {
    if (old.isEqualNode(now)) return;
    if (old.nodeType !== now.nodeType || old.nodeName !== now.nodeName) { old.replaceWith(now); return; }
    if (old.nodeType !== Node.ELEMENT_NODE) { old.nodeValue = now.nodeValue; return; }
    sync(old, now);
    let before = [...old.childNodes], after = [...now.childNodes];
    while (before.length && after.length && before[0].isEqualNode(after[0])) {
      before.shift(); after.shift();
    }
    let next = null;
    while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) {
      next = before.pop(); after.pop();
    }
    const shared = Math.min(before.length, after.length);
    for (let i = 0; i < shared; i++) morph(before[i], after[i]);
    for (const extra of before.slice(shared)) extra.remove();
    for (const fresh of after.slice(shared)) old.insertBefore(fresh, next);
  };
  const style = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  globalThis.soh = {
    swap(html) {
      const now = new DOMParser().parseFromString(html, "text/html");
      sync(document.documentElement, now.documentElement);
      document.title = now.title;
      morph(document.body, now.body);
      return { height: document.documentElement.scrollHeight };
    },
    dress(css) { style.replaceSync(css); return {}; },
    toLine(path, line) {
      const all = marked(path);
      let above = null, below = null;
      for (const element of all) {
        if (lineOf(element) <= line) { if (!above || lineOf(element) >= lineOf(above)) above = element; }
        else if (!below || lineOf(element) < lineOf(below)) below = element;
      }
      const top = (element) => element.getBoundingClientRect().top + scrollY;
      let place = 0;
      if (above) {
        place = top(above);
        const span = below ? lineOf(below) - lineOf(above) : 0;
        if (span > 0) place += (top(below) - place) * (line - lineOf(above)) / span;
      }
      scrollTo({ top: above ? place - 12 : 0, behavior: "instant" });
      return {};
    },
    reveal(path, line) {
      const own = marked(path).filter((element) => element.closest("[data-path]")?.dataset.path === path);
      let at = own[0];
      for (const element of own)
        if (lineOf(element) <= line && lineOf(element) >= lineOf(at)) at = element;
      if (!at) return {};
      const box = at.getBoundingClientRect();
      if (box.bottom < 8 || box.top > innerHeight - 24)
        scrollTo({ top: box.top + scrollY - innerHeight / 4, behavior: "instant" });
      return {};
    },
    line(path) {
      let best = null;
      for (const element of marked(path)) {
        const top = element.getBoundingClientRect().top;
        if (top <= 16) best = element; else return best ? { line: lineOf(best) } : { line: 0 };
      }
      return { line: best ? lineOf(best) : 0 };
    },
    at(x, y) {
      const element = document.elementFromPoint(x, y);
      const section = element && element.closest("[data-section]");
      const line = element && element.closest("[data-line]");
      const file = element && element.closest("[data-path]");
      return {
        section: section ? section.dataset.section : "",
        path: file ? file.dataset.path : "",
        line: line ? lineOf(line) : 0,
      };
    },
    show(id) {
      const section = document.querySelector(`[data-section="${CSS.escape(id)}"]`);
      if (section) section.scrollIntoView({ block: "start", behavior: "instant" });
      return { found: Boolean(section) };
    },
    text() { return { text: document.body ? document.body.innerText : "" }; },
  };
})();
"""


def call(name: str, *arguments: object) -> str:
    """JavaScript that calls one of the functions above and gives its answer as JSON text."""
    listed = ", ".join(json.dumps(argument) for argument in arguments)
    return f"{_LIBRARY}\nJSON.stringify(soh.{name}({listed}));"


def answer(result: object) -> Mapping[str, object]:
    """What a call returned; empty when the page went away meanwhile."""
    read = json.loads(result) if isinstance(result, str) and result else {}
    return read if isinstance(read, dict) else {}
