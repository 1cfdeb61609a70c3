// Opens pages in Chromium. Of each page: no violation of WCAG 2.2 AA in light and dark, on a desktop and a phone; the
// page's policy blocks nothing of its own; it asks nothing of any other place; it doesn't scroll sideways; and the filter
// does what it says. Prints what is wrong.
"use strict";
const fs = require("fs");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function accessible(browser, file, colorScheme, width, complain) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto("file://" + file);
  await page.evaluate(axe);
  const result = await page.evaluate((runOnly) => window.axe.run({ runOnly }), levels);
  for (const v of result.violations) complain(`${v.id} (${v.impact}), ${v.nodes.length} times, such as ${v.nodes[0].html.slice(0, 200)}`);
  if (result.passes.length < 20) complain(`only ${result.passes.length} rules were tried`);
  await context.close();
}

async function behaves(browser, file, complain) {
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  page.on("console", (m) => complain(m.text()));
  page.on("pageerror", (e) => complain(String(e)));
  page.on("request", (r) => { if (!/^(file|data):/.test(r.url())) complain("asks for " + r.url()); });
  await page.goto("file://" + file);
  const shown = () => page.locator("article.finding:visible").count();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 360) complain(`${wide} wide on a screen of 360`);
  const all = await page.locator("article.finding").count();
  if (all < 2) return page.close();
  const severity = await page.locator("article.finding").first().getAttribute("data-severity");
  const wanted = await page.locator(`article.finding[data-severity="${severity}"]`).count();
  await page.selectOption('select[data-key="severity"]', severity);
  if ((await shown()) !== wanted) complain(`${await shown()} findings shown of ${wanted} ${severity}`);
  if (wanted < all && !(await page.textContent("#shown")).startsWith(`${wanted} of ${all} `)) complain("says " + (await page.textContent("#shown")));
  await page.fill("#words", "no finding has these words");
  if ((await shown()) !== 0) complain("words are not looked for");
  const last = await page.locator("article.finding").last().getAttribute("id");
  await page.evaluate((id) => { location.hash = id; }, last);
  await page.waitForFunction((id) => !document.getElementById(id).hidden, last);
  if ((await shown()) !== all) complain("a link to a hidden finding doesn't show it");
  await page.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  let wrong = 0;
  for (const file of process.argv.slice(2)) {
    const complain = (what) => { wrong++; console.log(`${file}: ${what}`); };
    await behaves(browser, file, complain);
    await accessible(browser, file, "light", 1280, (w) => complain("light: " + w));
    await accessible(browser, file, "dark", 1280, (w) => complain("dark: " + w));
    if (fs.statSync(file).size < 2e5) await accessible(browser, file, "light", 360, (w) => complain("phone: " + w)); // the rest is more of the same
  }
  await browser.close();
  console.log(`${process.argv.length - 2} pages, ${wrong} complaints`);
  process.exit(wrong ? 1 : 0);
})();
