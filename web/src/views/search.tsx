import { useState } from "preact/hooks";
import { Link, useSearch } from "wouter-preact";
import { type Form, get } from "../api";
import { count, moment } from "../format";
import { conversationPath, Head, Marked, recordingPath, Shown } from "../parts/basics";
import { useLoad, useSettled } from "../use";

const PAGE = 40;

export default function Search() {
  const asked = new URLSearchParams(useSearch());
  const person = asked.get("person") ?? "";
  const [text, setText] = useState(asked.get("q") ?? "");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [order, setOrder] = useState("RELEVANCE");
  const [limit, setLimit] = useState(PAGE);
  const q = useSettled(text.trim());
  const whose = useLoad(`who ${person}`, () => (person ? get("/api/person", { id: person }) : Promise.resolve(null)));
  const hits = useLoad(`search ${q} ${person} ${from} ${until} ${order} ${limit}`, () =>
    q ? get("/api/search", { q, person, from, until, order, limit }) : Promise.resolve(null),
  );
  return (
    <>
      <Head
        title="Search"
        about={
          whose.data && (
            <>
              Only what {whose.data.person.name} wrote. <Link href="/p/search">Search everything</Link>
            </>
          )
        }
      />
      <form
        class="row"
        role="search"
        onSubmit={(e) => e.preventDefault()}
        style={{ marginBottom: "16px", alignItems: "end" }}
      >
        <label style={{ flex: "1 1 260px" }}>
          Words
          <input
            type="search"
            value={text}
            autofocus
            onInput={(e) => {
              setText(e.currentTarget.value);
              setLimit(PAGE);
            }}
          />
        </label>
        <label>
          From
          <input type="date" value={from} onInput={(e) => setFrom(e.currentTarget.value)} />
        </label>
        <label>
          Until
          <input type="date" value={until} onInput={(e) => setUntil(e.currentTarget.value)} />
        </label>
        <label>
          Sorted by
          <select value={order} onChange={(e) => setOrder(e.currentTarget.value)}>
            <option value="RELEVANCE">best first</option>
            <option value="NEWEST">newest first</option>
          </select>
        </label>
      </form>
      <div aria-live="polite">
        <Shown of={hits}>
          {(found) =>
            found ? (
              <Hits found={found} more={() => setLimit(limit + PAGE)} />
            ) : (
              <p class="quiet">Messages in which all words stand; the last may be a beginning.</p>
            )
          }
        </Shown>
      </div>
    </>
  );
}

function Hits({ found, more }: { found: Form["MessagesHits"]; more: () => void }) {
  return (
    <>
      <p class="quiet">
        {found.total >= found.lookedAt ? `At least ${count(found.total)}` : count(found.total)}{" "}
        {found.total === 1 ? "message" : "messages"}
      </p>
      <ul class="plain">
        {found.messages.map((m) => (
          <li key={m.id}>
            <div class="quiet small">
              <strong>{m.own ? "You" : m.senderName}</strong> in{" "}
              <Link href={conversationPath(m.conversation, m.id)}>{m.conversationName || "a conversation"}</Link> ·{" "}
              {moment(m.at)}
              {m.recording && (
                <>
                  {" · "}
                  <Link href={recordingPath(m.recording.id, m.recording.second)}>listen</Link>
                </>
              )}
            </div>
            <Marked text={m.text} words={found.words} />
          </li>
        ))}
      </ul>
      {found.messages.length < found.total && found.messages.length < 200 && <button onClick={more}>Show more</button>}
    </>
  );
}
