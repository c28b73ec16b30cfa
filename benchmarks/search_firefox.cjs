// node search_firefox.cjs SITE QUERIES.json OUT.json : the answers of SITE/index.html from file:// in Firefox, as digests.
// Needs puppeteer-core in the current folder. FIREFOX names the browser.
const fs = require('fs');
const path = require('path');
const puppeteer = require(require.resolve('puppeteer-core', { paths: [process.cwd()] }));
const [, , site, queries, out] = process.argv;
const BATCH = 20;

(async () => {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX || '/usr/bin/firefox-esr',
    headless: true,
    protocolTimeout: 600000,
    // puppeteer turns this off, and then every engine seems to work from file://; people have it on.
    extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true },
  });
  const page = await browser.newPage();
  await page.goto(`file://${path.resolve(site)}/index.html`);
  const wanted = JSON.parse(fs.readFileSync(queries));
  const found = [];
  for (let at = 0; at < wanted.length; at += BATCH) {
    found.push(...(await page.evaluate((part) => window.digests(part), wanted.slice(at, at + BATCH))));
  }
  fs.writeFileSync(out, JSON.stringify({ browser: await browser.version(), digests: found }));
  await browser.close();
  process.exit(0);
})().catch((error) => { console.error(String(error)); process.exit(1); });
