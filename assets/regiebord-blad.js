/* Pages other than the wall: the picture in the HTML lives until React's takes its place, and choices go
   into the address without loading the page anew. Nothing here computes a figure. */
(function () {
  "use strict";
  const html = document.documentElement;
  if (html.dataset.pagina !== "blad") return;
  const LOOKS = ["thema"];

  /* Dash asks for its layout with the address of the page as referrer, so the choices come along. */
  const arrival = new MutationObserver(() => {
    if (!document.querySelector("#react-entry-point #inhoud")) return;
    arrival.disconnect();
    const first = document.getElementById("eerste");
    const focused = first && first.contains(document.activeElement) ? document.activeElement.id : "";
    if (first) first.remove();
    if (focused) document.getElementById(focused)?.focus();
  });
  arrival.observe(document.getElementById("react-entry-point"), { childList: true, subtree: true });

  function go(query) {
    const kept = new URLSearchParams(location.search);
    LOOKS.forEach((key) => { if (kept.has(key) && !query.has(key)) query.set(key, kept.get(key)); });
    const search = query.size ? `?${query}` : "";
    if (search !== location.search) window.dash_clientside.set_props("adres", { search });
  }
  function choose(form) {
    const query = new URLSearchParams();
    new FormData(form).forEach((value, key) => { if (value) query.set(key, value); });
    go(query);
  }
  const ready = () => !document.getElementById("eerste");

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.filters");
    if (form && ready()) choose(form);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.filters") || !ready()) return;
    event.preventDefault();
    choose(event.target);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='?']");
    if (!link || !ready() || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(new URL(link.href).searchParams);
    const main = document.getElementById("hoofd");
    main.focus({ preventScroll: true }); /* what was pressed goes away */
    main.scrollIntoView();
  });
})();
