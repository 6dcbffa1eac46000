import { useEffect, useState } from "preact/hooks";
import { useSearch } from "wouter-preact";
import { get } from "../api";
import { count } from "../format";
import { Head, Shown } from "../parts/basics";
import { Message } from "../parts/evidence";
import { useLoad } from "../use";

const PAGE = 60;

export default function Conversation() {
  const asked = new URLSearchParams(useSearch());
  const id = asked.get("id") ?? "";
  const around = asked.get("around") ?? undefined;
  const [from, setFrom] = useState<number | undefined>();
  const part = useLoad(`conversation ${id} ${from ?? around}`, () =>
    get("/api/conversation", { id, around: from === undefined ? around : undefined, from, limit: PAGE }),
  );
  useEffect(() => {
    if (part.data && from === undefined && around)
      document.querySelector(".aimed")?.scrollIntoView({ block: "center" });
  }, [part.data]);
  return (
    <Shown of={part} height={700}>
      {(p) => {
        const turn = (by: number) => setFrom(Math.max(0, Math.min(p.total - 1, p.position + by)));
        const pages = (
          <div class="row">
            <button disabled={p.position === 0} onClick={() => turn(-PAGE)}>
              Show earlier
            </button>
            <button disabled={p.position + p.messages.length >= p.total} onClick={() => turn(PAGE)}>
              Show later
            </button>
          </div>
        );
        return (
          <>
            <Head
              title={p.name || "Conversation"}
              about={`Messages ${count(p.position + 1)} to ${count(p.position + p.messages.length)} of ${count(p.total)}`}
            >
              {pages}
            </Head>
            <div class="talk">
              {p.messages.map((m) => (
                <Message key={m.id} message={m} aimed={m.id === around} />
              ))}
              {pages}
            </div>
          </>
        );
      }}
    </Shown>
  );
}
