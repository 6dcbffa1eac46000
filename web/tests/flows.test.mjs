// Complete user flows on the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessible, ask, idOf, settled, withPage } from "./browser.mjs";

test("search finds messages, highlights the words, and opens the conversation", () =>
  withPage(async (page) => {
    await page.getByRole("link", { name: "Search", exact: true }).click();
    await page.getByRole("searchbox", { name: "Search for" }).fill("talked galler");
    await page.locator("main li mark").first().waitFor();
    assert.deepEqual(
      [...new Set((await page.locator("main li mark").allTextContents()).map((t) => t.toLowerCase()))].sort(),
      ["galler", "talked"],
    );
    await page
      .locator("main li")
      .filter({ hasText: "ok so i talked to the gallery" })
      .first()
      .getByRole("link")
      .first()
      .click();
    const aimed = page.locator(".message.aimed");
    await aimed.waitFor();
    assert.match(await aimed.textContent(), /ok so i talked to the gallery/);
    const first = await page.locator(".message").first().textContent();
    await page.getByRole("button", { name: "Show earlier" }).first().click();
    await page.waitForFunction((text) => document.querySelector(".message")?.textContent !== text, first);
  }));

test("a figure opens the messages that it is based on", async () =>
  withPage(
    async (page) => {
      await settled(page);
      await page.getByRole("button", { name: "Joy" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.locator(".message").first().waitFor();
      assert.ok((await dialog.locator(".message").count()) >= 1);
      assert.match(await dialog.textContent(), /Based on [\d,]+ messages/);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    },
    { path: `/p/person?id=${encodeURIComponent(await idOf("Maya"))}` },
  ));

test("a fact is corrected and deleted, and both last", async () =>
  withPage(
    async (page) => {
      const fact = (object) => page.locator("li.fact").filter({ hasText: object });
      const focused = (text) => page.waitForFunction((t) => document.activeElement?.textContent === t, text);
      await fact("a museum")
        .getByText(/Found by Claude Sonnet 5\.5 on Jun 1, 2025, confidence 80\s%/)
        .waitFor();
      await fact("a museum").getByRole("button", { name: "2 messages" }).click();
      await page.getByRole("dialog").locator(".message").nth(1).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });

      await fact("a museum").getByRole("button", { name: "Correct" }).press("Enter");
      const field = page.getByRole("textbox", { name: "Maya works at" });
      await page.keyboard.type("the harbour");
      assert.equal(await field.inputValue(), "the harbour");
      await accessible(page);
      await field.press("Escape");
      await focused("Correct");
      await fact("a museum").getByRole("button", { name: "Correct" }).press("Enter");
      assert.equal(await field.inputValue(), "a museum");
      await field.fill("a <b>gallery</b>");
      await field.press("Enter");
      await fact("a <b>gallery</b>").getByText("Your word").waitFor();
      await focused("Saved: Maya works at a <b>gallery</b>");

      await fact("peanuts").getByRole("button", { name: "Delete" }).press("Enter");
      await accessible(page);
      await focused("Cancel");
      await page.keyboard.press("Enter");
      await focused("Delete");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Delete fact" }).click();
      await focused("Deleted: Maya is allergic to peanuts");

      await page.reload();
      await fact("a <b>gallery</b>")
        .getByText(/You said so on .* · replaces a fact seen on/)
        .waitFor();
      assert.equal(await fact("a museum").count(), 0);
      assert.equal(await fact("peanuts").count(), 0);
    },
    { path: `/p/person?id=${encodeURIComponent(await idOf("Maya"))}` },
  ));

test("facts that contradict each other are marked, with both sides", async () =>
  withPage(
    async (page) => {
      const home = page.locator("li.fact").filter({ hasText: "Lisbon" });
      await home.getByText("Contradiction", { exact: true }).waitFor();
      assert.match(await home.textContent(), /Lisbon \(since Mar 2024\).*Contradicted by.*Faro/);
      assert.equal(await page.locator("li.fact").filter({ hasText: "Contradiction" }).count(), 1);
      await home.locator(".against").getByRole("link", { name: "Leo Rivera" }).click();
      await page.getByRole("heading", { name: "Leo Rivera" }).waitFor();
      assert.match(await page.locator("li.fact").textContent(), /Faro.*Contradicted by.*Lisbon/);
    },
    { path: `/p/person?id=${encodeURIComponent(await idOf("Maya"))}` },
  ));

test("a fact that cannot be changed shows the reason and keeps what was typed", async () =>
  withPage(
    async (page, wrong) => {
      await page.route("**/api/person/facts/*", async (route) => {
        const { fact, to } = route.request().postDataJSON();
        await route.continue({ postData: JSON.stringify({ fact: { ...fact, object: "gone" }, to }) });
      });
      await page.getByRole("button", { name: "Correct: Maya plays the cello" }).click();
      const field = page.getByRole("textbox", { name: "Maya plays" });
      await field.fill("the viola");
      await page.getByRole("button", { name: "Save" }).click();
      assert.match(await page.getByRole("alert").textContent(), /has changed in the meantime\. Reload the page\./);
      assert.equal(await field.inputValue(), "the viola");
      await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
      assert.ok(wrong.splice(0).every((w) => w.includes("404")));
    },
    { path: `/p/person?id=${encodeURIComponent(await idOf("Maya"))}` },
  ));

test("consent is recorded and withdrawn", () =>
  withPage(
    async (page) => {
      const box = page.getByRole("checkbox", { name: "Agreed to an avatar: Zoe Lin" });
      await box.check();
      await assertSoon(async () => (await (await ask("/api/talk")).json()).avatars.some((a) => a.name === "Zoe Lin"));
      await page.reload();
      assert.ok(await box.isChecked());
      await box.uncheck();
      await assertSoon(async () => !(await (await ask("/api/talk")).json()).avatars.some((a) => a.name === "Zoe Lin"));
    },
    { path: "/p/people" },
  ));

test("an avatar replies and explains the reply", () =>
  withPage(
    async (page) => {
      await page.getByRole("textbox", { name: /^Message to the avatar/ }).fill("did you sleep at all");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Explain this reply" }).click({ timeout: 60_000 });
      const dialog = page.getByRole("dialog");
      assert.match(await dialog.textContent(), /Maya Okafor did not write/);
      assert.match(await dialog.textContent(), /\d\s%\ssimilar/);
    },
    { path: "/p/chat" },
  ));

test("a message without a reply can be sent again", () =>
  withPage(
    async (page, wrong) => {
      await page.route("**/api/talk", (route) =>
        route.request().method() === "POST" ? route.abort() : route.continue(),
      );
      await page.getByRole("textbox", { name: /^Message to the avatar/ }).fill("hello there");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").waitFor();
      assert.equal(await page.getByRole("textbox", { name: /^Message to the avatar/ }).inputValue(), "hello there");
      assert.ok(wrong.splice(0).every((w) => w.includes("ERR_FAILED")));
    },
    { path: "/p/chat" },
  ));

test("duplicates are merged and unmerged", () =>
  withPage(
    async (page) => {
      const merge = page.getByRole("button", { name: /Merge .*Castellanos/ });
      await merge.waitFor();
      assert.match(await page.locator("main").textContent(), /phone number/i);
      assert.match(await page.locator("main").textContent(), /\d\s% likely the same person/);
      await merge.click();
      await page.getByRole("button", { name: /^Unmerge / }).click();
      await merge.waitFor();
    },
    { path: "/p/duplicates" },
  ));

test("a job shows its progress and finishes", () =>
  withPage(
    async (page) => {
      await page.getByRole("button", { name: "Start" }).click();
      const card = page.locator("section").filter({ hasText: "Analyze how people write" }).last();
      await card.getByText("Done", { exact: true }).waitFor({ timeout: 60_000 });
      assert.match(await card.locator(".log").textContent(), /Analyzed \d+ people/);
    },
    { path: "/p/jobs?new=analyze" },
  ));

test("a running job is cancelled", () =>
  withPage(
    async (page) => {
      await page.getByRole("combobox", { name: /^Type/ }).selectOption("TRAIN");
      await page.getByRole("button", { name: "Start" }).click();
      const card = page.locator("section").filter({ hasText: "Train a model of Maya Okafor" });
      await card
        .getByTestId("progress")
        .filter({ hasText: /step \d+ of \d+/ })
        .waitFor({ timeout: 120_000 });
      await page.getByRole("button", { name: "Cancel: Train a model of Maya Okafor" }).click();
      await card.getByText("Cancelled", { exact: true }).waitFor({ timeout: 60_000 });
      assert.match(await card.locator(".log").textContent(), /--resume/);
    },
    { path: "/p/jobs" },
  ));

test("a job that cannot start shows the reason", () =>
  withPage(
    async (page, wrong) => {
      await page.getByRole("textbox", { name: /File, zip or folder/ }).fill("/nowhere/chat.db");
      await page.getByRole("button", { name: "Start" }).click();
      await page.getByRole("alert").waitFor();
      assert.match(await page.getByRole("alert").textContent(), /No file or folder .* Enter its full path\./);
      assert.ok(wrong.splice(0).every((w) => w.includes("400")));
    },
    { path: "/p/jobs" },
  ));

test("the transcript follows the player, and the player follows the transcript", async () => {
  const [recording] = await (await ask("/api/recordings")).json();
  await withPage(
    async (page) => {
      await settled(page);
      const player = page.locator("audio");
      await page.waitForFunction(() => document.querySelector("audio").readyState >= 1);
      await page.getByRole("button", { name: "Play from 0:06" }).click();
      await page.waitForFunction(() => document.querySelector("audio").currentTime > 6.2);
      await page.locator("li[aria-current=true]").filter({ hasText: "yes if it does not rain" }).waitFor();
      await page.locator(".said.now").first().waitFor();
      await player.evaluate((a) => {
        a.pause();
        a.currentTime = 2;
      });
      await page.locator("li[aria-current=true]").filter({ hasText: "shall we go" }).waitFor();
      await page.getByRole("combobox", { name: "This speaker is" }).first().selectOption({ label: "Leo Rivera" });
      await page.getByRole("link", { name: "Leo Rivera" }).waitFor({ timeout: 60_000 });
    },
    { path: `/p/recording?id=${recording.id}` },
  );
});

test("a setting is changed, and an invalid value is rejected", () =>
  withPage(
    async (page, wrong) => {
      const day = page.getByRole("textbox", { name: /limits\.day_usd/ });
      await day.fill("2.50");
      await page.getByRole("button", { name: "Save limits.day_usd" }).click();
      await assertSoon(async () => (await settingOf("limits.day_usd")).value === "2.50");
      await day.fill("plenty");
      await page.getByRole("button", { name: "Save limits.day_usd" }).click();
      assert.match(await page.getByRole("alert").textContent(), /is not an amount in US dollars/);
      assert.equal((await settingOf("limits.day_usd")).value, "2.50");
      assert.ok(wrong.splice(0).length > 0);
    },
    { path: "/p/settings" },
  ));

test("the page can be used with the keyboard", () =>
  withPage(async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "People");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "People" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  }));

test("the title of a view takes the focus, however long the view takes to load", () =>
  withPage(async (page) => {
    await page.route(/\/assets\/network.*\.js/, async (route) => {
      await new Promise((r) => setTimeout(r, 1500));
      await route.continue();
    });
    await page.getByRole("link", { name: "Network" }).click();
    await page.getByRole("heading", { name: "Network" }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  }));

async function settingOf(key) {
  return (await (await ask("/api/settings")).json()).settings.find((s) => s.key === key);
}

async function assertSoon(holds) {
  for (let i = 0; i < 50; i++) {
    if (await holds()) return;
    await new Promise((r) => setTimeout(r, 100));
  }
  assert.fail(`still false after 5 s: ${holds}`);
}
