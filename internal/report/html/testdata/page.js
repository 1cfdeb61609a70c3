// Opens pages in Chromium. Of each page: no violation of WCAG 2.2 AA in light and dark, from a desktop to the narrowest
// phone; the page's policy blocks nothing of its own; it asks nothing of any other place; it doesn't scroll sideways; the
// filter does what it says, also from the keyboard; and without a script all of it is there. Prints what is wrong.
"use strict";
const fs = require("fs");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const narrow = 320; // as WCAG 1.4.10 has it
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
  const page = await browser.newPage({ viewport: { width: narrow, height: 800 } });
  page.on("console", (m) => complain(m.text()));
  page.on("pageerror", (e) => complain(String(e)));
  page.on("request", (r) => { if (!/^(file|data):/.test(r.url())) complain("asks for " + r.url()); });
  await page.goto("file://" + file);
  for (const width of [narrow, 600, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) complain(`${wide} wide on a screen of ${width}`);
  }
  if ((await page.locator("article.finding").count()) > 1) await filters(page, complain);
  await page.close();
}

async function filters(page, complain) {
  const cards = page.locator("article.finding");
  const shown = () => page.locator("article.finding:visible").count();
  const all = await cards.count();
  const count = (key, value) => page.evaluate(([k, v]) =>
    Array.from(document.querySelectorAll("article.finding")).filter((c) => c.dataset[k] === v).length, [key, value]);
  for (const key of ["outcome", "severity", "gate", "owner"]) {
    const select = page.locator(`select[data-key="${key}"]`);
    const value = await cards.first().getAttribute("data-" + key);
    const wanted = await count(key, value);
    if (!(await select.count())) {
      if (wanted < all) complain("no filter by " + key);
      continue;
    }
    await select.selectOption(value);
    if ((await shown()) !== wanted) complain(`${await shown()} findings shown of ${wanted} by ${key}`);
    if (wanted < all && !(await page.textContent("#shown")).startsWith(`${wanted} of ${all} `)) complain("says " + (await page.textContent("#shown")));
    await select.selectOption("");
  }
  const title = (await cards.last().locator("h4").textContent()).split(" ")[0];
  await page.fill("#words", title);
  if ((await shown()) < 1 || !(await cards.last().isVisible())) complain("a word of a title finds nothing");
  await page.fill("#words", "no finding has these words");
  if ((await shown()) !== 0) complain("words are not looked for");
  const last = await cards.last().getAttribute("id");
  await page.evaluate((id) => { location.hash = id; }, last);
  await page.waitForFunction((id) => !document.getElementById(id).hidden, last);
  if ((await shown()) !== all) complain("a link to a hidden finding doesn't show it");
  await page.locator("#words").focus();
  await page.keyboard.type("no finding has these words");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  if ((await shown()) !== all) complain("the keyboard doesn't clear the filter");
}

// Without a script the page shows everything, and no filter that would do nothing.
async function plain(browser, file, complain) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("file://" + file);
  const cards = page.locator("article.finding");
  if ((await page.locator("article.finding:visible").count()) !== (await cards.count())) complain("without a script findings are hidden");
  if (await page.locator("#filter:visible").count()) complain("without a script there is a filter");
  await context.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  let wrong = 0;
  for (const file of process.argv.slice(2)) {
    const complain = (what) => { wrong++; console.log(`${file}: ${what}`); };
    await behaves(browser, file, complain);
    await plain(browser, file, complain);
    // What is large is more of the same, and takes long.
    const all = [1280, 768, narrow].flatMap((width) => [[width, "light"], [width, "dark"]]);
    for (const [width, scheme] of fs.statSync(file).size < 2e5 ? all : [[1280, "light"], [narrow, "dark"]])
      await accessible(browser, file, scheme, width, (w) => complain(`${scheme}, ${width}: ${w}`));
  }
  await browser.close();
  console.log(`${process.argv.length - 2} pages, ${wrong} complaints`);
  process.exit(wrong ? 1 : 0);
})();
