// Attacks: no token, DNS rebinding, cross-site requests, and markup in messages.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { ask, origin, settled, token, withPage } from "./browser.mjs";

/** A plain HTTP request, because fetch does not allow setting Host and Origin. */
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

test("requests without a valid token are rejected", async () => {
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

test("requests for a foreign host name (DNS rebinding) are rejected", async () => {
  for (const path of ["/", "/api/overview", "/v1/models"]) {
    for (const host of ["evil.example", "evil.example:8756", "127.0.0.1", "127.0.0.1.evil.example"]) {
      assert.equal((await raw(path, { ...authorized, Host: host })).statusCode, 403, `${path} as ${host}`);
    }
  }
});

test("requests from other websites (CSRF) are rejected", async () => {
  for (const from of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
    assert.equal((await raw("/api/jobs", { ...authorized, Origin: from }, "POST")).statusCode, 403, from);
    assert.equal((await raw("/api/overview", { ...authorized, Origin: from })).statusCode, 403, from);
  }
  const allowed = await raw("/api/overview", authorized);
  assert.equal(allowed.headers["access-control-allow-origin"], undefined);
  assert.equal(allowed.headers["set-cookie"], undefined);
});

test("all responses forbid foreign scripts, framing and caching", async () => {
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

test("markup in messages and names is shown as text and not executed", () =>
  withPage(async (page) => {
    await page.getByRole("link", { name: "Search", exact: true }).click();
    await page.getByRole("searchbox", { name: "Search for" }).fill("zzhostile");
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

test("the token is removed from the address, and a wrong token locks the page", () =>
  withPage(async (page, wrong) => {
    assert.ok(!page.url().includes(token));
    await page.evaluate(() => localStorage.setItem("avatar-token", "wrong"));
    await page.reload();
    await page.getByRole("heading", { name: "Token required" }).waitFor();
    await page.getByLabel("Token").fill(token);
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    assert.ok(wrong.splice(0).every((w) => w.includes("401")));
  }));

test("a ticket gives access to its recording only", async () => {
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

test("search input is not parsed as query syntax", async () => {
  for (const q of ["*", "text:*", '"', "a AND (", "~~", "\\", "[a TO z]", "{}", "<b>", "galle* OR *:*"]) {
    const answer = await ask(`/api/search?q=${encodeURIComponent(q)}`);
    assert.equal(answer.status, 200, q);
  }
});

test("an invalid request gets a readable error", async () => {
  const wrong = [
    ["/api/people?limit=0", {}],
    ["/api/people?order=nonsense", {}],
    ["/api/search?q=a&from=yesterday", {}],
    ["/api/jobs", { method: "POST", body: "{" }],
    ["/api/jobs", { method: "POST", body: '{"kind":"FORMAT_DISK"}' }],
    ["/api/jobs", { method: "POST", body: '{"kind":"RECORDING","path":"../../etc/passwd"}' }],
    ["/api/people/consent", { method: "POST", body: "" }],
    ["/api/person/facts/correct", { method: "POST", body: "{}" }],
  ];
  for (const [path, init] of wrong) {
    const answer = await ask(path, init);
    assert.equal(answer.status, 400, path);
    assert.match((await answer.json()).error.message, /[A-Z].+\./);
  }
  assert.equal((await ask("/api/person?id=nobody")).status, 404);
});
