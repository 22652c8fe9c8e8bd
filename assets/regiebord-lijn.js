/* The line to the server: open it, notice that it is dead, open it again, and load the page anew when
   that helps and the server is well. */
(function () {
  "use strict";
  const html = document.documentElement;
  const wand = window.regiebordWand;
  const FIRST_RETRY = 2000, LAST_RETRY = 20000; // ms; a quarter more or less, so that screens differ
  const AGAIN = 10000, SPREAD = 5000; // ms: ask for health again; over which screens load a new version
  const DAWN = 240 + Math.floor(Math.random() * 10); // minute of the day in which to load anew
  const YOUNG = 60000; // a page that has just been loaded anew is not loaded again

  let stream = null, heard = performance.now(), retry = FIRST_RETRY, retryAt = 0;
  let reason = "", reloadAt = 0;

  wand.lijn = { open, watch, silence: () => (performance.now() - heard) / 1000, onStand: () => {} };

  function open() {
    if (stream) stream.close();
    const line = (stream = new EventSource(document.getElementById("wand").dataset.stroom || "/stroom"));
    const asked = performance.now(), last = {};
    const on = (name, act) => line.addEventListener(name, (event) => {
      if (line !== stream) return;
      [heard, retry] = [performance.now(), FIRST_RETRY];
      if (reason === "stilte") reason = "";
      const data = JSON.parse(event.data);
      act(data);
      if (data.nu < last[name]) open(); // the clock of the server was set back: measure it anew
      last[name] = data.nu;
    });
    on("versie", (data) => {
      wand.klok.hear(data.nu, performance.now() - asked);
      if (data.versie !== html.dataset.versie) want("versie", SPREAD);
    });
    on("tik", (data) => wand.klok.hear(data.nu));
    on("stand", (data) => { wand.klok.hear(data.nu); wand.lijn.onStand(data); });
    line.onerror = () => line.close(); // a refused line stays closed in some browsers and not in others
    retryAt = asked + retry * (0.75 + Math.random() / 2);
    retry = Math.min(retry * 2, LAST_RETRY);
  }

  /* Once a second. A cut cable closes nothing: silence is the sign. */
  function watch(limits) {
    const dead = !stream || stream.readyState === EventSource.CLOSED || wand.lijn.silence() > Number(limits.stilte);
    if ((dead || wand.klok.jumped()) && performance.now() >= retryAt) open();
    if (wand.lijn.silence() > Number(limits.waakhond)) want("stilte", 0);
    const [hour, minute] = wand.klok.text().split(":").map(Number);
    if (hour * 60 + minute === DAWN && performance.now() > 3600e3) want("dageraad", 0);
    if (reason && performance.now() >= reloadAt) reloadIfWell();
  }
  function want(why, spread) {
    if (reason) return;
    const [loaded] = performance.getEntriesByType("navigation");
    const rest = loaded && loaded.type === "reload" ? Math.max(0, YOUNG - performance.now()) : 0;
    [reason, reloadAt] = [why, performance.now() + rest + Math.random() * spread];
  }

  /* Never load blindly: the browser's own error page has no way back. */
  function reloadIfWell() {
    reloadAt = performance.now() + AGAIN;
    fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(AGAIN / 2) })
      .then((answer) => { if (answer.ok && reason) location.reload(); }, () => {});
  }
})();
