/* Charts load the part of Plotly that draws on two axes, half of the whole, speak Dutch and have the
   colours of the page. Dash sets this address itself later; it may not. */
(function () {
  "use strict";
  const url = "/assets/plotly/plotly-cartesian.min.js?v=4.1.1";
  Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => url, set() {} });

  /* A colour is named by its role, "var(--rb-series)", for only the page knows whether it is dark. */
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name.slice(4, -1)).trim();
  function coloured(part) {
    if (typeof part === "string") return part.startsWith("var(--rb-") ? colour(part) : part;
    if (Array.isArray(part)) return part.map(coloured);
    if (!part || Object.getPrototypeOf(part) !== Object.prototype) return part;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, coloured(value)]));
  }
  /* Where there is no room beside and above a chart, its words there go: text and table have them too. */
  const NARROW = 560, AROUND = ["rand", "boven"];
  function fitting(layout, width) {
    if (width >= NARROW || !layout.annotations) return layout;
    const annotations = layout.annotations.filter((one) => !AROUND.includes(one.name));
    const xaxis = layout.xaxis?.dtick === "M3" ? { ...layout.xaxis, dtick: "M6" } : layout.xaxis;
    return { ...layout, xaxis, annotations, margin: { ...layout.margin, r: 12, t: 12 } };
  }
  let plotly;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => plotly,
    set(found) {
      const react = (place, figure) => {
        const { layout, ...rest } = coloured(figure);
        return found.react(place, { ...rest, layout: fitting(layout, place.clientWidth) });
      };
      plotly = Object.create(found, { react: { value: react } });
    },
  });

  const nl = {
    moduleType: "locale",
    name: "nl",
    dictionary: {},
    format: {
      days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
      shortDays: ["zo", "ma", "di", "wo", "do", "vr", "za"],
      months: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
      shortMonths: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
      date: "%d-%m-%Y",
      decimal: ",",
      thousands: ".",
    },
  };
  (window.PlotlyLocales = window.PlotlyLocales || []).push(nl);
})();
