/* The wall in the browser: patch what is pushed, count on between pushes, and say so when the figures
   are too old, also when the server is gone. Nothing here computes a figure. */
(function () {
  "use strict";
  const html = document.documentElement;
  if (html.dataset.pagina !== "wand") return;
  const { klok, lijn, versheid, woorden } = window.regiebordWand;
  const SCALE = 1.6; // as in dashboard/tiles.py
  const ORBIT = [[0, 0], [4, 0], [4, 4], [0, 4], [-4, 4], [-4, 0], [-4, -4], [0, -4], [4, -4]];
  const ORBIT_EVERY = 180; // seconds

  let told = null; // the newest word about the figures that are shown: nu, bronnen, dicht
  let areas = {}; // parts that were pushed and are not shown yet
  let next = null; // what was pushed while paused
  let paused = false;

  const byId = (id) => document.getElementById(id);
  const alive = () => document.querySelector("#react-entry-point #wand");
  function setText(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }
  function setMark(element, name, on) {
    if (on) element.dataset[name] = ""; else delete element.dataset[name];
  }

  /* What is absent did not change. Each part is set by itself: Dash keeps every value that a callback
     listens to for an undo that nobody asks for, four kilobytes a push and no end. */
  lijn.onStand = (stand) => {
    Object.assign(areas, stand.gebieden);
    next = stand;
    if (!paused) show();
  };
  function show() {
    const dash = window.dash_clientside;
    if (!next || !alive() || !dash.set_props) return;
    const [shown, parts] = [next, areas];
    [next, areas] = [null, {}];
    Object.entries(parts).forEach(([id, children]) => dash.set_props(id, { children }));
    take(shown);
  }
  function take(stand) {
    if (!stand || !stand.nu) return;
    told = stand;
    klok.hear(stand.nu);
    window.setTimeout(tick, 0);
  }

  /* ── how old it is ─────────────────────────────────────────────────────────────────────── */
  function sources(limits) {
    const server = { gelezen: told.nu, laat: Number(limits.laat), oud: Number(limits.oud), weg: Number(limits.weg) };
    return [...told.bronnen, server];
  }
  function showFreshness(wall) {
    const rests = told ? sources(wall.dataset) : [{ gelezen: null, weg: 0 }];
    document.querySelectorAll(".gebied").forEach((area) => {
      const level = versheid.worst(rests, area.dataset.voedt.split(" ")).level;
      area.dataset.versheid = versheid.LEVELS[told ? level : 0];
    });
    const { age, level } = versheid.worst(rests, byId("melding").dataset.voedt.split(" "));
    wall.dataset.versheid = versheid.LEVELS[level];
    setMark(wall, "dicht", told && told.dicht && level < 2); // who knows whether it still is
    const old = age === Infinity ? "er zijn nog geen cijfers" : `cijfers zijn ${woorden.age(age)} oud`;
    const why = paused ? "Gepauzeerd" : "Geen verbinding";
    setText(byId("verbinding-tekst"), level >= 2 ? `${why}: ${old}. Stuur niet op dit scherm.` : "");
    const update = document.querySelector(".bijgewerkt");
    if (update) update.dataset.leeftijd = level >= 1 && age !== Infinity ? `, ${woorden.age(age)} oud` : "";
    setText(byId("pauze-leeftijd"), paused ? `Gepauzeerd, ${old}` : "");
  }

  function showCounters() {
    document.querySelectorAll("[data-sinds]").forEach((tile) => {
      const waited = Math.max(0, Math.floor((klok.now() - Number(tile.dataset.sinds)) / 1000));
      const text = woorden.duration(waited);
      setText(tile.querySelector(".getal"), text);
      tile.querySelector(".waarde").dataset.lengte = text.length > 5 ? "lang" : "kort";
      const limit = Number(tile.dataset.grens);
      if (!limit) return;
      const left = limit - waited, bound = woorden.duration(limit);
      setText(tile.querySelector(".verband"), left > 0 ? `nog ${woorden.duration(left)} tot grens ${bound}`
        : left < 0 ? `${woorden.duration(-left)} boven grens ${bound}` : `op grens ${bound}`);
      tile.querySelector(".balk").style.width = `${(Math.min(waited, limit) / limit / SCALE) * 100}%`;
      tile.querySelector(".over").style.width = `${(Math.min(Math.max(waited / limit - 1, 0), SCALE - 1) / SCALE) * 100}%`;
    });
  }

  /* ── the beat ──────────────────────────────────────────────────────────────────────────── */
  function tick() {
    const wall = byId("wand");
    if (!wall) return;
    try {
      setText(byId("klok"), klok.text());
      showFreshness(wall);
      if (!paused) showCounters();
    } catch (error) {
      console.warn("regiebord", error);
    }
  }
  let beat = 0;
  function second() {
    tick();
    if (!paused) show();
    if (byId("wand")) lijn.watch(byId("wand").dataset);
    beat += 1;
    if (beat % ORBIT_EVERY === 0) orbit(beat / ORBIT_EVERY);
  }
  function orbit(step) { // against image retention, in one step and without animation
    const [x, y] = ORBIT[step % ORBIT.length], far = byId("wand").matches('[data-dicht][data-nacht="klok"]') ? 40 : 1;
    byId("baan").style.transform = `translate(calc(${x * far} * var(--u)), calc(${y * far} * var(--u)))`;
  }
  /* Timers stood still in a hidden tab or a sleeping machine: judge at once, then ask. */
  function wake() {
    if (document.visibilityState === "hidden") return;
    tick();
    lijn.open();
  }

  /* ── at a desk ─────────────────────────────────────────────────────────────────────────── */
  function pause() {
    paused = !paused;
    setText(byId("pauze"), paused ? "Ga verder" : "Pauzeer verversen");
    setText(byId("pauze-stand"), paused ? "Het verversen is gepauzeerd." : "De cijfers verversen weer.");
    tick();
    if (!paused) show();
  }

  /* ── begin: the picture in the HTML lives until React's takes its place ────────────────── */
  const given = document.querySelector("#eerste #stand");
  if (given) take(JSON.parse(given.textContent));
  const arrival = new MutationObserver(() => {
    if (!alive()) return;
    arrival.disconnect();
    const first = byId("eerste");
    if (first) first.remove();
    tick();
  });
  arrival.observe(byId("react-entry-point"), { childList: true, subtree: true });
  const button = byId("pauze");
  if (button) button.addEventListener("click", pause);
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("resume", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  window.addEventListener("online", wake);
  tick();
  if (byId("wand")) lijn.open();
  window.setInterval(second, 1000);
})();
