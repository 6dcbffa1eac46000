// Numbers, durations and names are shown in words that people use. Needs no browser and no server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { transformWithEsbuild } from "vite";

// West of Greenwich a day that is read as UTC midnight is shown as the day before, unless the format says UTC too.
process.env.TZ = "America/Los_Angeles";

const source = readFileSync(new URL("../src/format.ts", import.meta.url), "utf8");
const { code } = await transformWithEsbuild(source, "format.ts", { sourcemap: false });
const format = await import(`data:text/javascript,${encodeURIComponent(code)}`);

test("a duration has its two largest units", () => {
  const expected = [
    [0, "0 s"],
    [0.4, "under 1 s"],
    [59.4, "59 s"],
    [59.6, "1 min"],
    [200, "3 min 20 s"],
    [3599.7, "1 h"],
    [7500, "2 h 5 min"],
    [86399, "1 day"],
    [86400 + 3600, "1 day 1 h"],
    [3 * 86400, "3 days"],
  ];
  for (const [seconds, text] of expected) assert.equal(format.duration(seconds), text, `${seconds} seconds`);
});

test("a probability is never rounded to certainty", () => {
  assert.match(format.probability(0.9943), /^99[.,]4\s%$/);
  assert.match(format.probability(0.99999), /^more than 99[.,]9\s%$/);
  assert.match(format.probability(0.00001), /^less than 0[.,]1\s%$/);
  assert.match(format.probability(1), /^100[.,]0\s%$/);
});

test("a share has a decimal only when it is small", () => {
  assert.match(format.percent(0.42), /^42\s%$/);
  assert.match(format.percent(0.042), /^4[.,]2\s%$/);
  assert.match(format.percent(0), /^0\s%$/);
});

test("a calendar day does not depend on the reader's time zone", () => {
  assert.match(format.calendarDay("2024-05-01"), /\b0?1\b/);
  assert.match(format.month("2024-01"), /2024/);
  assert.equal(format.partialDate("2024"), "2024");
  assert.equal(format.partialDate("2024-01"), format.month("2024-01"));
  assert.equal(format.partialDate("2024-05-01"), format.calendarDay("2024-05-01"));
});

test("models have their product names", () => {
  const expected = {
    "claude-sonnet-5-5": "Claude Sonnet 5.5",
    "claude:claude-opus-4-1-20250805": "Claude Opus 4.1",
    "claude-3-5-haiku-latest": "Claude 3.5 Haiku",
    claude: "Claude",
    "local:maya": "maya (on this computer)",
    nearest: "Closest past reply",
    "http://127.0.0.1:8080/v1": "http://127.0.0.1:8080/v1",
  };
  for (const [id, name] of Object.entries(expected)) assert.equal(format.modelName(id), name);
});

test("identifiers become words, and numbers agree with their nouns", () => {
  assert.equal(format.operation("enrich.personality"), "Enrichment: personality");
  assert.equal(format.operation("chat"), "Chat");
  assert.equal(format.relationship("ROMANTIC"), "Romantic partners");
  assert.equal(format.habit("finalPeriod"), "Ends with a period");
  assert.equal(format.several(1, "message"), "1 message");
  assert.equal(format.several(2, "person", "people"), "2 people");
});
