/* ?diagnose=1: the size of every text on the wall against the minimum for this screen and distance,
   which dashboard/legibility.py worked out for a picture 1080 high. */
(function () {
  "use strict";
  const panel = document.getElementById("diagnose");
  if (!panel) return;
  const PICTURE = 1080;
  const rows = [...panel.querySelectorAll("[data-minstens]")];
  const pixels = (size) => `${(Math.round(size * 10) / 10).toLocaleString("nl-NL")} px`;

  function sizeOf(element) {
    const drawn = element.closest("svg");
    return parseFloat(getComputedStyle(element).fontSize) * (drawn ? drawn.getScreenCTM().a : 1);
  }
  function texts() {
    const found = [], walker = document.createTreeWalker(document.getElementById("wand"), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const element = node.parentElement;
      if (node.textContent.trim() && element.checkVisibility() && !element.closest(".visually-hidden, script")) found.push(element);
    }
    return found;
  }
  /* A text belongs to the first class whose selector it, or something around it, matches. */
  function measure() {
    const smallest = new Map(rows.map((row) => [row, Infinity]));
    texts().forEach((element) => {
      const row = rows.find((one) => element.closest(one.dataset.kiezer) && !element.matches(".bij, .eenheid")) || rows.at(-1);
      smallest.set(row, Math.min(smallest.get(row), sizeOf(element)));
    });
    const unit = screen.height / PICTURE;
    const small = rows.filter((row) => show(row, Number(row.dataset.minstens) * unit, smallest.get(row)));
    document.getElementById("diagnose-scherm").textContent =
      `${screen.width} × ${screen.height} punten, venster ${innerWidth} × ${innerHeight}.`;
    const verdict = document.getElementById("diagnose-oordeel");
    verdict.className = small.length ? "te-klein" : "";
    verdict.textContent = small.length
      ? `Te klein: klasse ${small.map((row) => row.cells[0].textContent).join(", ")}. Open de wand schermvullend (?kiosk=1), neem een groter scherm of hang het dichterbij.`
      : "Alles is groot genoeg.";
  }
  function show(row, least, found) {
    const small = found < least - 0.5;
    row.cells[2].textContent = pixels(least);
    row.cells[3].textContent = found === Infinity ? "komt niet voor" : pixels(found);
    row.cells[4].textContent = small ? "te klein" : "goed";
    row.className = small ? "te-klein" : "";
    return small;
  }
  window.setInterval(measure, 2000);
  measure();
})();
