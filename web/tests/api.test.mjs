// The server's responses match its OpenAPI document.
import assert from "node:assert/strict";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { ask, idOf } from "./browser.mjs";

const description = await (await ask("/api/openapi.json")).json();
const ajv = formats(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema(description, "api");

const maya = encodeURIComponent(await idOf("Maya"));
const hit = (await (await ask("/api/search?q=gallery")).json()).messages[0];
const [recording] = await (await ask("/api/recordings")).json();

const GIVEN = {
  "/api/person": `?id=${maya}`,
  "/api/search": "?q=gallery&order=newest&from=2020-01-01&until=2030-01-01",
  "/api/messages": `?id=${hit.id}&id=gone`,
  "/api/conversation": `?id=${encodeURIComponent(hit.conversation)}`,
  "/api/recording": `?id=${recording.id}`,
  "/api/people": "?order=last&limit=3&offset=1",
};
const NOT_JSON = ["/api/events", "/api/recording/media"];

for (const [path, operations] of Object.entries(description.paths)) {
  if (!operations.get || NOT_JSON.includes(path)) continue;
  test(path, async () => {
    const pointer = `/paths/${path.replaceAll("/", "~1")}/get/responses/200/content/application~1json/schema`;
    const answer = await ask(path + (GIVEN[path] ?? ""));
    assert.equal(answer.status, 200);
    const valid = ajv.getSchema(`api#${pointer}`);
    assert.ok(valid(await answer.json()), ajv.errorsText(valid.errors));
  });
}

test("conversations can be opened one after another", async () => {
  const { latest } = await (await ask("/api/overview")).json();
  assert.ok(latest.length > 5);
  for (const { id, messages } of [...latest, ...latest]) {
    const answer = await ask(`/api/conversation?id=${encodeURIComponent(id)}`);
    assert.equal(answer.status, 200, id);
    assert.ok((await answer.json()).total <= messages);
  }
});

test("the events of an avatar's reply", async () => {
  const said = {
    person: decodeURIComponent(maya),
    partner: null,
    model: "nearest",
    turns: [{ avatar: false, text: "hi" }],
  };
  const answer = await ask("/api/talk", { method: "POST", body: JSON.stringify(said) });
  const events = (await answer.text()).split("\n\n").filter((e) => e.includes("data: "));
  const valid = ajv.getSchema("api#/components/schemas/TalkEvent");
  for (const event of events) assert.ok(valid(JSON.parse(event.split("data: ")[1])), ajv.errorsText(valid.errors));
  assert.ok(JSON.parse(events.at(-1).split("data: ")[1]).answer);
});

test("the OpenAI-compatible API streams its reply", async () => {
  const { data } = await (await ask("/v1/models")).json();
  const answer = await ask("/v1/chat/completions", {
    method: "POST",
    body: JSON.stringify({ model: data[0].id, stream: true, messages: [{ role: "user", content: "hi" }] }),
  });
  const reader = answer.body.getReader();
  const first = new TextDecoder().decode((await reader.read()).value);
  assert.ok(!first.includes("[DONE]"), "the whole reply came in one piece");
});
