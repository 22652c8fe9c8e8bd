/* What time it is for the server, whatever the clock of this screen says, and how old that makes a
   figure. Nothing here touches the page. */
(function () {
  "use strict";
  const wand = (window.regiebordWand = {});
  const two = (n) => String(n).padStart(2, "0");
  const wallFormat = new Intl.DateTimeFormat("nl-NL", { timeZone: "Europe/Amsterdam", hour: "2-digit", minute: "2-digit" });
  const JUMP = 5000; // ms that the clock may differ from the time that passed
  let anchor = { server: Date.now(), own: performance.now(), set: Date.now(), heard: false };

  /* performance.now() does not follow a clock that is set, but stands still while the machine sleeps.
     The longest of the two counts: figures may look too old until the server speaks, never too new. */
  const passed = () => Math.max(performance.now() - anchor.own, Date.now() - anchor.set);
  const now = () => anchor.server + passed();

  wand.klok = {
    now,
    /* The server wrote `nu` during the last `trip` ms: half of it is the best guess. Without a trip it
       is only sure that it is not earlier than that. */
    hear(nu, trip) {
      const server = nu + (trip || 0) / 2;
      if (trip !== undefined || !anchor.heard || server > now()) {
        anchor = { server, own: performance.now(), set: Date.now(), heard: true };
      }
    },
    jumped: () => Math.abs(Date.now() - anchor.set - (performance.now() - anchor.own)) > JUMP,
    text: () => wallFormat.format(now()),
  };

  wand.woorden = {
    duration(seconds) {
      const s = Math.max(0, Math.floor(seconds)), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
      return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
    },
    age(seconds) {
      const [n, one, many] = seconds < 60 ? [seconds, "seconde", "seconden"]
        : seconds < 5400 ? [seconds / 60, "minuut", "minuten"]
        : seconds < 172800 ? [seconds / 3600, "uur", "uur"] : [seconds / 86400, "dag", "dagen"];
      const whole = Math.max(0, Math.floor(n));
      return `${whole} ${whole === 1 ? one : many}`;
    },
  };

  /* Of all that a part rests on, the oldest decides: 0 fresh, 1 late, 2 stale, 3 gone. */
  wand.versheid = {
    LEVELS: ["vers", "laat", "oud", "weg"],
    worst(sources, feeds) {
      return sources.filter((source) => !source.voedt || source.voedt.some((fact) => feeds.includes(fact)))
        .map((source) => {
          const age = source.gelezen === null ? Infinity : (now() - source.gelezen) / 1000;
          return { age, level: age > source.weg ? 3 : age > source.oud ? 2 : age > source.laat ? 1 : 0 };
        })
        .reduce((a, b) => (b.level > a.level || (b.level === a.level && b.age > a.age) ? b : a), { age: 0, level: 0 });
    },
  };
})();
