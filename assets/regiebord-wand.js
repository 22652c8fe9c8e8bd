/* The wall in the browser: patch what is pushed, count on between pushes, and say so when the
   figures are too old, also when the server is gone. Nothing here computes a figure. */
(function () {
  "use strict";
  const html = document.documentElement;
  if (html.dataset.pagina !== "wand") return;
  if (new URLSearchParams(location.search).has("kiosk")) html.dataset.kiosk = "";

  const ZONE = "Europe/Amsterdam";
  const SCALE = 1.6; // as in dashboard/tiles.py
  const clockFormat = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
  const ORBIT = [[0, 0], [4, 0], [4, 4], [0, 4], [-4, 4], [-4, 0], [-4, -4], [0, -4], [4, -4]];
  const LEVELS = ["vers", "laat", "oud", "weg"];

  let sources = [];
  let known = false; // whether the server ever said anything about the figures
  let skew = 0; // server time minus browser time, in ms
  let stream = null;
  let heard = Date.now(); // last word from the server
  let retry = 2000;
  let retryAt = 0;
  let reloading = false;
  const opened = Date.now();

  const byId = (id) => document.getElementById(id);
  const now = () => Date.now() + skew;
  const two = (n) => String(n).padStart(2, "0");
  function duration(seconds) {
    const s = Math.max(0, Math.floor(seconds)), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
  }
  function ageWords(seconds) {
    const [n, one, many] = seconds < 60 ? [seconds, "seconde", "seconden"]
      : seconds < 5400 ? [seconds / 60, "minuut", "minuten"] : [seconds / 3600, "uur", "uur"];
    const whole = Math.floor(n);
    return `${whole} ${whole === 1 ? one : many}`;
  }

  /* The one clientside callback: what is absent did not change. */
  const ns = (window.dash_clientside = window.dash_clientside || {});
  ns.regiebord = {
    toon(stand) {
      const outputs = window.dash_clientside.callback_context.outputs_list;
      if (stand && stand.nu) [sources, known] = [stand.bronnen, true];
      if (stand && stand.nu && !stream) skew = stand.nu - Date.now();
      window.setTimeout(tick, 0);
      const areas = (stand && stand.gebieden) || {};
      return outputs.map((o) => (o.id in areas ? areas[o.id] : window.dash_clientside.no_update));
    },
  };

  function open() {
    stream = new EventSource(byId("wand").dataset.stroom);
    const on = (name, act) => stream.addEventListener(name, (event) => {
      heard = Date.now();
      retry = 2000;
      act(JSON.parse(event.data));
    });
    on("versie", (data) => {
      skew = data.nu - Date.now();
      if (data.versie !== html.dataset.versie) reload(Math.random() * 2000);
    });
    on("tik", (data) => { skew = data.nu - Date.now(); });
    on("stand", (data) => window.dash_clientside.set_props("stand", { data }));
  }

  /* EventSource gives up for good on a proxy's 502: open it again, later each time. */
  function watch() {
    const limits = byId("wand").dataset, silent = (Date.now() - heard) / 1000;
    const dead = !stream || stream.readyState === EventSource.CLOSED || silent > Number(limits.stilte);
    if (dead && Date.now() >= retryAt) {
      if (stream) stream.close();
      retryAt = Date.now() + retry * (0.75 + Math.random() / 2);
      retry = Math.min(retry * 2, 60000);
      open();
    }
    if (silent > Number(limits.waakhond)) reload(0);
    const local = clockFormat.format(now());
    if (local === "04:00" && Date.now() - opened > 3600e3) reload(Math.random() * 60000);
  }

  /* Never load blindly: the browser's own error page has no way back. */
  function reload(delay) {
    if (reloading) return;
    reloading = true;
    window.setTimeout(() => fetch("/healthz", { cache: "no-store" })
      .then((answer) => { if (answer.ok) location.reload(); else throw new Error("not well"); })
      .catch(() => { window.setTimeout(() => { reloading = false; }, 10000); }), delay);
  }

  function levelOf(source) {
    const age = source.gelezen === null ? Infinity : (now() - source.gelezen) / 1000;
    return { age, level: age > source.weg ? 3 : age > source.oud ? 2 : age > source.laat ? 1 : 0 };
  }
  function worst(feeds) {
    return sources.filter((s) => s.voedt.some((fact) => feeds.includes(fact)))
      .map((source) => ({ source, ...levelOf(source) }))
      .reduce((a, b) => (b.level > a.level || (b.level === a.level && b.age > a.age) ? b : a),
        { source: null, age: 0, level: 0 });
  }
  function showFreshness() {
    document.querySelectorAll(".gebied").forEach((area) => {
      const feeds = area.dataset.voedt.split(" ");
      area.dataset.versheid = LEVELS[worst(feeds).level];
    });
    const call = worst(["gesprek"]);
    byId("wand").dataset.versheid = known ? LEVELS[call.level] : "weg";
    const old = !known || call.age === Infinity ? "er zijn nog geen cijfers" : `cijfers zijn ${ageWords(call.age)} oud`;
    setText(byId("verbinding-tekst"), !known || call.level >= 2 ? `Geen verbinding: ${old}. Stuur niet op dit scherm.` : "");
    const update = document.querySelector(".bijgewerkt");
    if (update) update.dataset.leeftijd = call.level >= 1 && call.age !== Infinity ? `, ${ageWords(call.age)} oud` : "";
  }

  function showCounters() {
    document.querySelectorAll("[data-sinds]").forEach((tile) => {
      const waited = Math.max(0, Math.floor((now() - Number(tile.dataset.sinds)) / 1000));
      const text = duration(waited);
      setText(tile.querySelector(".getal"), text);
      tile.querySelector(".waarde").dataset.lengte = text.length > 5 ? "lang" : "kort";
      const limit = Number(tile.dataset.grens);
      if (!limit) return;
      const left = limit - waited;
      setText(tile.querySelector(".verband"), left > 0 ? `nog ${duration(left)} tot grens ${duration(limit)}`
        : left < 0 ? `${duration(-left)} boven grens ${duration(limit)}` : `op grens ${duration(limit)}`);
      tile.querySelector(".balk").style.width = `${(Math.min(waited, limit) / limit / SCALE) * 100}%`;
      tile.querySelector(".over").style.width = `${(Math.min(Math.max(waited / limit - 1, 0), SCALE - 1) / SCALE) * 100}%`;
    });
  }
  function setText(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  function tick() {
    if (!byId("wand")) return;
    try {
      setText(byId("klok"), clockFormat.format(now()));
      showFreshness();
      showCounters();
    } catch (error) {
      console.warn("regiebord", error);
    }
  }
  let beat = 0;
  window.setInterval(() => {
    tick();
    if (byId("wand") && window.dash_clientside.set_props) watch();
    beat += 1;
    const baan = byId("baan"); // a step every three minutes, against image retention
    if (baan && beat % 180 === 0) {
      const [x, y] = ORBIT[(beat / 180) % ORBIT.length];
      baan.style.transform = `translate(calc(${x} * var(--u)), calc(${y} * var(--u)))`;
    }
  }, 1000);
})();
