// Measures the page with a large store: the first paint, and how long each view takes to show its data.
//   node web/benchmark/views.mjs ADDRESS [REPEATS]     ADDRESS is what avatar serve prints
// Prints the median and the 95th percentile for each view, in milliseconds from the click to the shown data.
import { chromium } from "playwright-core";

const [address, repeats = "30"] = process.argv.slice(2);
const origin = new URL(address).origin;
const token = new URLSearchParams(new URL(address).hash.slice(1)).get("token");
const ask = async (path) => (await fetch(origin + path, { headers: { Authorization: `Bearer ${token}` } })).json();

const browser = await chromium.launch({
  executablePath: process.env.AVATAR_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--enable-unsafe-swiftshader"],
});
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
await page.goto(address);
await page.waitForFunction(() => !document.querySelector("[aria-busy=true]") && document.querySelector("main h1"));

const { people } = await ask("/api/people?limit=60");
const overview = await ask("/api/overview");
const words = [];
for (const conversation of overview.latest) {
  const part = await ask(`/api/conversation?id=${encodeURIComponent(conversation.id)}&limit=40`);
  for (const message of part.messages) words.push(...message.text.split(/[^\p{L}\p{N}]+/u).filter((w) => w.length > 2));
}
const pick = (list, i) => list[(i * 7919) % list.length];
const conversations = overview.latest.map((c) => c.id);

/** The addresses of the views; each repeat opens another person, conversation or search. */
const VIEWS = {
  overview: () => "/",
  people: () => "/p/people",
  person: (i) => `/p/person?id=${encodeURIComponent(pick(people, i).id)}`,
  network: () => "/p/network",
  search: (i) => `/p/search?q=${encodeURIComponent(pick(words, i))}`,
  conversation: (i) => `/p/conversation?id=${encodeURIComponent(pick(conversations, i))}`,
  chat: () => "/p/chat",
  recordings: () => "/p/recordings",
  duplicates: () => "/p/duplicates",
  jobs: () => "/p/jobs",
  usage: () => "/p/usage",
  settings: () => "/p/settings",
};

const quantile = (times, q) => times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)];
const line = (name, times) =>
  console.log(
    `${name.padEnd(14)} median ${quantile(times, 0.5).toFixed(0).padStart(5)} ms   p95 ${quantile(times, 0.95).toFixed(0).padStart(5)} ms`,
  );

const paints = [];
for (let i = 0; i < 11; i++) {
  await page.goto("about:blank");
  await page.goto(origin);
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]") && document.querySelector("main h1"));
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  paints.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
}
line("first paint", paints);

for (const [name, path] of Object.entries(VIEWS)) {
  const times = [];
  for (let i = 0; i <= Number(repeats); i++) {
    await page.evaluate(() => history.pushState(null, "", "/p/nothing"));
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
    // Navigates as wouter does on a click. The clock runs in the page, so that the time to control it does not count.
    const time = await page.evaluate(
      (to) =>
        new Promise((done) => {
          const began = performance.now();
          history.pushState(null, "", to);
          const look = () =>
            document.querySelector("main h1")?.textContent !== "Page not found" &&
            document.querySelector("main h1") &&
            !document.querySelector("[aria-busy=true]")
              ? requestAnimationFrame(() => done(performance.now() - began))
              : requestAnimationFrame(look);
          requestAnimationFrame(look);
        }),
      path(i),
    );
    if (i > 0) times.push(time); // the first repeat loads the view's script
  }
  line(name, times);
}
// A large network: 3,000 people and 6,000 links, drawn and then dragged.
const many = 3000;
let seed = 7;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const nodes = Array.from({ length: many }, (_, i) => ({
  id: `p${i}`,
  name: `Person ${i}`,
  sent: Math.floor(5000 / (i + 1)) + 1,
  owner: i === 0,
  family: ["", "FAMILY", "FRIEND", "PROFESSIONAL"][i % 4],
}));
const links = Array.from({ length: 2 * many }, (_, i) => ({
  one: `p${i < many ? 0 : Math.floor(random() * many)}`,
  other: `p${i < many ? i : Math.floor(random() * many)}`,
  weight: 1 + Math.floor(random() * 500),
})).filter((link) => link.one !== link.other);
await page.route("**/api/network", (route) => route.fulfill({ json: { nodes, links, omitted: 0 } }));
const began = Date.now();
await page.goto(`${origin}/p/network`);
await page.locator(".network canvas").first().waitFor();
console.log(`network of ${many} people: drawn after ${Date.now() - began} ms`);
await page.locator("[data-settled=true]").waitFor({ timeout: 60_000 });
console.log(`network of ${many} people: laid out after ${Date.now() - began} ms`);
const box = await page.locator(".network").boundingBox();
await page.evaluate(() => {
  globalThis.frames = [];
  let last = performance.now();
  const frame = (now) => {
    globalThis.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
await page.mouse.down();
for (let i = 0; i < 60; i++) await page.mouse.move(box.x + box.width / 2 + 3 * i, box.y + box.height / 2 + i);
await page.mouse.up();
line("a frame while dragging", await page.evaluate(() => globalThis.frames));
await browser.close();
