// Each view: no errors, no accessibility violations, no horizontal scrolling on a phone. Saves target/screenshots.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, ask, idOf, screenshot, settled, withPage } from "./browser.mjs";

const maya = encodeURIComponent(await idOf("Maya"));
const [recording] = await (await ask("/api/recordings")).json();
const hit = (await (await ask("/api/search?q=gallery")).json()).messages[0];

const VIEWS = {
  overview: "/",
  people: "/p/people",
  person: `/p/person?id=${maya}`,
  network: "/p/network",
  search: "/p/search?q=gallery",
  conversation: `/p/conversation?id=${encodeURIComponent(hit.conversation)}&around=${hit.id}`,
  chat: "/p/chat",
  recordings: "/p/recordings",
  recording: `/p/recording?id=${recording.id}`,
  duplicates: "/p/duplicates",
  jobs: "/p/jobs",
  usage: "/p/usage",
  settings: "/p/settings",
};

const LOOKS = [
  { name: "light", width: 1280, height: 900, colorScheme: "light" },
  { name: "dark", width: 1280, height: 900, colorScheme: "dark" },
  { name: "phone", width: 360, height: 740, colorScheme: "light" },
];

for (const [view, path] of Object.entries(VIEWS)) {
  for (const look of LOOKS) {
    test(`${view}, ${look.name}`, () =>
      withPage(
        async (page) => {
          await settled(page);
          if (view === "network") await page.locator("[data-settled=true]").waitFor({ timeout: 20_000 });
          await accessible(page);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `the view is ${wide} px wider than the screen`);
          await screenshot(page, `${view}-${look.name}`);
        },
        { ...look, path },
      ));
  }
}

for (const view of ["overview", "person"]) {
  test(`${view} does not shift while it loads`, () =>
    withPage(async (page) => {
      await page.addInitScript(() => {
        globalThis.shifted = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifted += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(new URL(VIEWS[view], page.url()).href);
      await settled(page);
      await page.locator("canvas").first().waitFor();
      await page.waitForTimeout(300);
      const shifted = await page.evaluate(() => globalThis.shifted);
      assert.ok(shifted < 0.1, `cumulative layout shift ${shifted}`);
    }));
}
