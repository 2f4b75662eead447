// What a page gains where scripts run: the answer comes part by part, passages open beside it, Escape closes.
// Without any of this every address still gives the whole page.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const html = document.documentElement;
  let opener = null;

  // --- the stream ---------------------------------------------------------------------------------
  // A part may come twice (what was found first, then what was found beside it), and in any order.
  function put(article, order, name, markup) {
    const box = document.createElement("template");
    box.innerHTML = markup;
    const old = one(`[data-part="${name}"]`, article);
    if (old) old.replaceWith(box.content);
    else {
      const after = order.slice(order.indexOf(name) + 1);
      const next = all("[data-part]", article).find((each) => after.includes(each.dataset.part));
      article.insertBefore(box.content, next ?? null);
    }
    dress(article);
  }

  function stream(article) {
    const plain = article.dataset.address;
    const order = article.dataset.parts.split(" ");
    const source = new EventSource(article.dataset.stream);
    for (const name of order)
      source.addEventListener(name, (event) => put(article, order, name, JSON.parse(event.data)));
    const end = () => {
      source.close();
      article.removeAttribute("aria-busy");
      one(".waiting")?.remove();
    };
    source.addEventListener("done", end);
    source.addEventListener("fault", (event) => {
      end();
      article.innerHTML = JSON.parse(event.data);
    });
    source.onerror = () => {
      end();
      location.replace(plain);
    };
    history.replaceState(null, "", plain);
  }

  // --- the passage beside the answer --------------------------------------------------------------
  function fold() {
    const panel = one("#panel");
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    html.classList.remove("split");
    all(".c.on").forEach((chip) => chip.classList.remove("on"));
    return true;
  }

  function close() {
    if (fold()) opener?.focus();
  }

  // A sheet lies over the page: it gives way where the focus goes on to what it would hide.
  document.addEventListener("focusin", (event) => {
    const panel = one("#panel");
    if (panel && !panel.contains(event.target) && getComputedStyle(panel).position === "fixed") fold();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = event.detail.target;
    if (panel.id === "answer") dress(document);
    if (panel.id !== "panel") return;
    panel.hidden = false;
    html.classList.add("split");
    const mark = one("mark", panel);
    const room = panel.getBoundingClientRect();
    panel.scrollTop = 0;
    const place = mark?.getBoundingClientRect();
    if (place && place.bottom > room.bottom) panel.scrollTop = place.top - room.top - panel.clientHeight / 3;
    one(".cited-title", panel)?.focus({ preventScroll: true });
  });
  for (const name of ["htmx:responseError", "htmx:sendError"])
    document.addEventListener(name, (event) => {
      const path = event.detail.pathInfo?.finalRequestPath;
      if (event.detail.requestConfig?.verb === "get" && path) location.assign(path);
    });

  // --- what a person does -------------------------------------------------------------------------
  const swap = (element, address, target, more = {}) =>
    htmx.ajax("GET", address, { source: element, target, swap: "innerHTML", ...more });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a, button");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const address = link.getAttribute("href") || "";
    if (link.matches(".c") && address.startsWith("/passage/") && one("#panel")) {
      event.preventDefault();
      opener = link;
      all(".c.on").forEach((chip) => chip.classList.remove("on"));
      link.classList.add("on");
      swap(link, address.split("#")[0], "#panel"); // with its mark named, htmx would scroll the page
    } else if (address.startsWith("#ref-")) {
      const fold = one(address)?.closest("details");
      if (fold) fold.open = true; // then the browser goes there
    } else if (link.matches("[data-reader]") && !one("[data-stream]")?.hasAttribute("aria-busy")) {
      event.preventDefault();
      const id = link.id;
      swap(link, address, "#answer", { select: "#answer", swap: "outerHTML" }).then(() => {
        history.replaceState(null, "", address);
        one(`#${id}`)?.focus();
      });
    } else if (link.matches("[data-asks]")) {
      event.preventDefault();
      location.assign(`${address}&stream=1`);
    } else if (link.matches("[data-close]")) close();
    else if (link.matches("[data-print]")) print();
    else if (link.matches("[data-copy]")) copy(link, Promise.resolve(link.dataset.copy));
    else if (link.matches("[data-text]")) {
      event.preventDefault();
      copy(link, fetch(address).then((reply) => (reply.ok ? reply.text() : Promise.reject(reply))), address);
    }
  });

  async function copy(button, words, instead) {
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(await words);
      button.textContent = "Copied";
    } catch {
      if (instead) location.assign(instead);
      else button.textContent = "Select and copy it";
    }
    setTimeout(() => (button.textContent = said), 2000);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      html.classList.add("still");
      close();
    } else if (event.key === "Enter" && event.target.matches("[data-asks] textarea") && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  for (const name of ["mouseover", "focusin"])
    document.addEventListener(name, (event) => event.target.matches(".term") && html.classList.remove("still"));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-share]")) {
      event.preventDefault();
      htmx.ajax("POST", form.getAttribute("action"), { source: form, target: "#shared", swap: "innerHTML" });
    } else if (form.matches("[data-look]") && event.submitter) {
      event.preventDefault();
      const theme = event.submitter.value;
      html.dataset.theme = theme;
      all("button", form).forEach((each) => each.setAttribute("aria-pressed", String(each.value === theme)));
      const fields = new URLSearchParams(new FormData(form, event.submitter));
      fetch(form.getAttribute("action"), { method: "POST", body: fields, redirect: "manual" });
    }
  });

  // --- what parts need once they are there ---------------------------------------------------------
  function dress(root) {
    all("form[data-asks]", root).forEach((form) => {
      if (form.elements.stream) return;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "stream", value: "1" });
      form.append(field);
    });
    all("[data-print]", root).forEach((button) => (button.hidden = false));
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("#answer details:not([open])");
    opened.forEach((each) => (each.open = true));
  });
  addEventListener("afterprint", () => opened.forEach((each) => (each.open = false)));

  // At the desk each passage is opened at the words that are quoted, however far down they stand.
  all(".beside mark").forEach((mark) => {
    const box = mark.closest(".beside");
    box.scrollTop = Math.max(0, mark.offsetTop - box.offsetTop - box.clientHeight / 3);
  });

  dress(document);
  const waiting = one("[data-stream]");
  if (waiting) stream(waiting);
})();
