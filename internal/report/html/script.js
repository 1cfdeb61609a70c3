// Filters the findings. Without it the page shows them all.
(function () {
  "use strict";
  var box = document.getElementById("filter");
  var cards = Array.from(document.querySelectorAll("article.finding"));
  if (!box || cards.length < 2) return;
  var selects = Array.from(box.querySelectorAll("select"));
  var words = document.getElementById("words");
  var shown = document.getElementById("shown");
  var groups = Array.from(document.querySelectorAll(".level3")).filter(function (s) {
    return s.querySelector("article.finding");
  });
  var texts = new Map(cards.map(function (c) { return [c, c.textContent.toLowerCase()]; }));

  function matches(card, wanted) {
    return selects.every(function (s) { return !s.value || card.dataset[s.dataset.key] === s.value; }) &&
      wanted.every(function (w) { return texts.get(card).includes(w); });
  }

  function apply() {
    var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    var count = 0;
    cards.forEach(function (c) {
      c.hidden = !matches(c, wanted);
      if (!c.hidden) count++;
    });
    groups.forEach(function (g) { g.hidden = !g.querySelector("article.finding:not([hidden])"); });
    var all = count === cards.length;
    box.classList.toggle("active", !all);
    shown.textContent = (all ? "All " + count : count + " of " + cards.length) + " findings shown";
  }

  function clear() {
    selects.forEach(function (s) { s.value = ""; });
    words.value = "";
    apply();
  }

  // A link to a finding that the filter hides shows it.
  function reveal() {
    var target = document.getElementById(location.hash.slice(1));
    var card = target && target.closest("article.finding");
    if (card && card.hidden) {
      clear();
      target.scrollIntoView();
    }
  }

  box.addEventListener("input", apply);
  document.getElementById("clear").addEventListener("click", function () {
    clear();
    words.focus();
  });
  window.addEventListener("hashchange", reveal);
  box.hidden = false;
  apply();
  reveal();
})();
