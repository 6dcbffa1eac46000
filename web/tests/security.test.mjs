// What others may try: without the token, by another name, from another page, through what a message says.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { ask, origin, settled, token, withPage } from "./browser.mjs";

/** fetch does not let us choose Host and Origin. */
function raw(path, headers, method = "GET") {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response));
    });
    sent.on("error", reject);
    sent.end();
  });
}

const authorized = { Authorization: `Bearer ${token}` };

test("nothing is told without the token, or with another", async () => {
  const { paths } = await (await ask("/api/openapi.json")).json();
  for (const path of Object.keys(paths)) {
    const method = paths[path].get ? "GET" : "POST";
    for (const headers of [
      {},
      { Authorization: "Bearer x" },
      { Authorization: `Bearer ${token}x` },
      { Authorization: token },
    ]) {
      assert.equal((await raw(path, headers, method)).statusCode, 401, path);
    }
  }
});

test("a foreign name that leads here (DNS rebinding) is turned away", async () => {
  for (const path of ["/", "/api/overview", "/v1/models"]) {
    for (const host of ["evil.example", "evil.example:8756", "127.0.0.1", "127.0.0.1.evil.example"]) {
      assert.equal((await raw(path, { ...authorized, Host: host })).statusCode, 403, `${path} as ${host}`);
    }
  }
});

test("other pages may ask nothing (CSRF)", async () => {
  for (const from of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
    assert.equal((await raw("/api/jobs", { ...authorized, Origin: from }, "POST")).statusCode, 403, from);
    assert.equal((await raw("/api/overview", { ...authorized, Origin: from })).statusCode, 403, from);
  }
  const allowed = await raw("/api/overview", authorized);
  assert.equal(allowed.headers["access-control-allow-origin"], undefined);
  assert.equal(allowed.headers["set-cookie"], undefined);
});

test("all answers forbid scripts of others, frames, and being kept", async () => {
  for (const path of ["/", "/api/overview", "/p/people", "/api/nothing"]) {
    const { headers } = await raw(path, authorized);
    const policy = headers["content-security-policy"];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
    if (path.startsWith("/api")) assert.equal(headers["cache-control"], "no-store");
  }
});

test("messages and names are shown, not run", () =>
  withPage(async (page) => {
    await page.getByRole("link", { name: "Search", exact: true }).click();
    await page.getByRole("searchbox", { name: "Words" }).fill("zzhostile");
    await page.locator("main li").nth(2).waitFor();
    const text = await page.locator("main").textContent();
    assert.ok(text.includes("<script>window.hacked=1</script>"));
    assert.ok(text.includes("<svg/onload=window.hacked=1>"));
    await page.locator("main li").first().getByRole("link").first().click();
    await page.locator(".message").first().waitFor();
    for (const path of ["/p/people?q=img", "/p/network", "/p/duplicates", "/"]) {
      await page.goto(origin + path);
      await settled(page);
    }
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
  }));

test("what the page is given to show does not stay in its address, and a wrong token locks it", () =>
  withPage(async (page, wrong) => {
    assert.ok(!page.url().includes(token));
    await page.evaluate(() => localStorage.setItem("avatar-token", "wrong"));
    await page.reload();
    await page.getByRole("heading", { name: "This page needs its token" }).waitFor();
    await page.getByLabel("Token").fill(token);
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    assert.ok(wrong.splice(0).every((w) => w.includes("401")));
  }));

test("a ticket opens its recording and nothing else", async () => {
  const [recording] = await (await ask("/api/recordings")).json();
  const { media } = await (await ask(`/api/recording?id=${recording.id}`)).json();
  const part = await raw(media, { Range: "bytes=0-99" });
  assert.equal(part.statusCode, 206);
  assert.equal(part.headers["content-type"], "audio/wav");
  assert.equal((await raw(media.replace(recording.id, "ffffffffffffffff"), {})).statusCode, 401);
  assert.equal((await raw(media.replace("/media", ""), {})).statusCode, 401);
  assert.equal(
    (
      await raw(
        media.replace(/.$/, (c) => (c === "A" ? "B" : "A")),
        {},
      )
    ).statusCode,
    401,
  );
  assert.equal((await raw(media.replace(/ticket=\d+/, "ticket=9999999999"), {})).statusCode, 401);
});

test("searching takes no operators", async () => {
  for (const q of ["*", "text:*", '"', "a AND (", "~~", "\\", "[a TO z]", "{}", "<b>", "galle* OR *:*"]) {
    const answer = await ask(`/api/search?q=${encodeURIComponent(q)}`);
    assert.equal(answer.status, 200, q);
  }
});

test("what cannot be understood is refused in words", async () => {
  const wrong = [
    ["/api/people?limit=0", {}],
    ["/api/people?order=nonsense", {}],
    ["/api/search?q=a&from=yesterday", {}],
    ["/api/jobs", { method: "POST", body: "{" }],
    ["/api/jobs", { method: "POST", body: '{"kind":"FORMAT_DISK"}' }],
    ["/api/jobs", { method: "POST", body: '{"kind":"RECORDING","path":"../../etc/passwd"}' }],
    ["/api/people/consent", { method: "POST", body: "" }],
  ];
  for (const [path, init] of wrong) {
    const answer = await ask(path, init);
    assert.equal(answer.status, 400, path);
    assert.match((await answer.json()).error.message, /[A-Z].+\./);
  }
  assert.equal((await ask("/api/person?id=nobody")).status, 404);
});
