// Shared by all browser tests: one browser, an unlocked page, and checks that apply to every test.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const address = process.env.AVATAR_PAGE;
if (!address)
  throw new Error("AVATAR_PAGE is not set. Run PageTest, or set it to the address that avatar serve prints.");
export const origin = new URL(address).origin;
export const token = new URLSearchParams(new URL(address).hash.slice(1)).get("token");

const browser = await chromium.launch({
  executablePath: process.env.AVATAR_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--enable-unsafe-swiftshader", "--autoplay-policy=no-user-gesture-required"],
});
after(() => browser.close());

/** Opens the page and fails if there was an error or a request to another server. Tests take expected errors out. */
export async function withPage(work, { width = 1280, height = 900, colorScheme = "light", path = "/" } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: "reduce",
    locale: "en-US",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (e) => wrong.push(`error: ${e.message}`));
  page.on("console", (m) => m.type() === "error" && wrong.push(`console: ${m.text()}`));
  page.on(
    "request",
    (r) => !r.url().startsWith(origin) && !/^(data|blob):/.test(r.url()) && wrong.push(`foreign request: ${r.url()}`),
  );
  try {
    await page.goto(address);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    if (path !== "/") await page.goto(origin + path);
    await work(page, wrong);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** Waits until a view has loaded its data. */
export async function settled(page) {
  await page.locator("main h1").waitFor();
  await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
}

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Fails if axe finds a violation of WCAG 2.2 A or AA or of its best practices. */
export async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  assert.deepEqual(
    violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(" ")).join(" | ")}`),
    [],
  );
}

export async function screenshot(page, name) {
  mkdirSync(new URL("../target/screenshots/", import.meta.url), { recursive: true });
  await page.screenshot({
    path: new URL(`../target/screenshots/${name}.png`, import.meta.url).pathname,
    fullPage: true,
  });
}

/** Calls the API without the page. */
export async function ask(path, init = {}) {
  return fetch(origin + path, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } });
}

export async function idOf(name) {
  const { people } = await (await ask(`/api/people?q=${encodeURIComponent(name)}`)).json();
  return people[0].id;
}
