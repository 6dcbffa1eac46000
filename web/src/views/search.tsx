import { useState } from "preact/hooks";
import { Link, useSearch } from "wouter-preact";
import { type Form, get } from "../api";
import { count, moment, several } from "../format";
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
              Only messages from {whose.data.person.name}. <Link href="/p/search">Search all messages</Link>
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
          Search for
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
          Before
          <input type="date" value={until} onInput={(e) => setUntil(e.currentTarget.value)} />
        </label>
        <label>
          Sort by
          <select value={order} onChange={(e) => setOrder(e.currentTarget.value)}>
            <option value="RELEVANCE">Best match</option>
            <option value="NEWEST">Newest first</option>
          </select>
        </label>
      </form>
      <div aria-live="polite">
        <Shown of={hits}>
          {(found) =>
            found ? (
              <Hits found={found} more={() => setLimit(limit + PAGE)} />
            ) : (
              <p class="quiet">Finds messages that contain all words. The last word can be incomplete.</p>
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
        {found.total === 0
          ? "No messages contain all these words."
          : found.total >= found.lookedAt
            ? `At least ${count(found.total)} messages`
            : several(found.total, "message")}
      </p>
      <ul class="plain">
        {found.messages.map((m) => (
          <li key={m.id}>
            <div class="quiet small">
              <strong>{m.own ? "You" : m.senderName}</strong> in{" "}
              <Link href={conversationPath(m.conversation, m.id)}>
                {m.conversationName || "an unnamed conversation"}
              </Link>{" "}
              · {moment(m.at)}
              {m.recording && (
                <>
                  {" · "}
                  <Link href={recordingPath(m.recording.id, m.recording.second)}>Listen</Link>
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
