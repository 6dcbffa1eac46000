import { signal } from "@preact/signals";
import createClient from "openapi-fetch";
import type { components, paths } from "#api";

/** The types of what the server sends, generated from its OpenAPI document. */
export type Form = components["schemas"];

const KEPT = "avatar-token";

/** Takes the token from the address that `avatar serve` printed and keeps it in this browser, for this origin only. */
function takeToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    localStorage.setItem(KEPT, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return localStorage.getItem(KEPT);
}

let token = takeToken();

/** Whether the page has no token that the server accepts. */
export const locked = signal(token === null);

/** The error message on screen; empty for none. */
export const problem = signal("");

export function unlock(given: string) {
  token = given.trim();
  localStorage.setItem(KEPT, token);
  locked.value = false;
}

async function withToken(request: Request): Promise<Response> {
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  const response = await fetch(request);
  if (response.status === 401) locked.value = true;
  return response;
}

const client = createClient<paths>({ baseUrl: location.origin, fetch: withToken });

/** A request that the server refused, with the message it sent. */
export class Refused extends Error {}

type Answered<T> = { data?: T; error?: unknown; response: Response };

async function value<T>(answer: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await answer;
  if (data === undefined) {
    const told = (error as { error?: { message?: string } } | undefined)?.error?.message;
    throw new Refused(told ?? `The server returned an error (HTTP ${response.status}).`);
  }
  return data;
}

type Query = Record<string, string | number | string[] | undefined | null>;
type Gets = {
  [P in keyof paths]: paths[P] extends { get: { responses: { 200: { content: { "application/json": infer T } } } } }
    ? T
    : never;
};
type Posts = {
  [P in keyof paths]: paths[P] extends {
    post: {
      requestBody: { content: { "application/json": infer B } };
      responses: { 200: { content: { "application/json": infer T } } };
    };
  }
    ? [B, T]
    : never;
};
type Getting = { [P in keyof Gets]: Gets[P] extends never ? never : P }[keyof Gets];
type Posting = { [P in keyof Posts]: Posts[P] extends never ? never : P }[keyof Posts];

export function get<P extends Getting>(path: P, query: Query = {}): Promise<Gets[P]> {
  const given = Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== ""));
  return value((client.GET as Function)(path, { params: { query: given } })) as Promise<Gets[P]>;
}

export function post<P extends Posting>(path: P, body: Posts[P][0]): Promise<Posts[P][1]> {
  return value((client.POST as Function)(path, { body })) as Promise<Posts[P][1]>;
}

/** Reads server-sent events until the server closes the stream or the signal aborts it. */
export async function stream<T>(
  path: string,
  body: unknown,
  each: (data: T) => void,
  stop: AbortSignal,
): Promise<void> {
  const response = await withToken(
    new Request(location.origin + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { Accept: "text/event-stream", "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: stop,
    }),
  );
  if (!response.ok || !response.body) {
    const told = await response.json().catch(() => null);
    throw new Refused(told?.error?.message ?? `The server returned an error (HTTP ${response.status}).`);
  }
  let rest = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value: text } = await reader.read();
    if (done) return;
    rest += text;
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split("\n");
      const data = lines
        .filter((line) => line.startsWith("data: "))
        .map((line) => line.slice(6))
        .join("\n");
      if (!data) continue;
      if (lines.includes("event: problem")) throw new Refused(JSON.parse(data).message);
      each(JSON.parse(data) as T);
    }
  }
}
