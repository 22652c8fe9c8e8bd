/* Charts load the part of Plotly that draws on two axes, half of the whole, and speak Dutch. Dash sets
   this address itself later; it may not. */
(function () {
  "use strict";
  const url = "/assets/plotly/plotly-cartesian.min.js?v=4.1.1";
  Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => url, set() {} });
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
