import { useEffect, useRef, useState } from "preact/hooks";
import { Link, useSearch } from "wouter-preact";
import { type Form, get, stream } from "../api";
import { count, modelName, moment, percent } from "../format";
import { Card, conversationPath, Dialog, Head, Shown } from "../parts/basics";
import { tell, useLoad } from "../use";

interface Line {
  avatar: boolean;
  text: string;
  answer?: Form["TalkAnswer"];
}

export default function Chat() {
  const asked = new URLSearchParams(useSearch()).get("id") ?? "";
  const partners = useLoad("talk", () => get("/api/talk"));
  return (
    <>
      <Head title="Chat" />
      <Shown of={partners} height={500}>
        {(p) =>
          p.avatars.length === 0 ? (
            <Card>
              <p>Nobody has agreed to an avatar yet. You can chat only with avatars of people who have agreed.</p>
              <Link class="button" href="/p/people">
                Record consent
              </Link>
            </Card>
          ) : (
            <Talk partners={p} first={p.avatars.some((a) => a.id === asked) ? asked : (p.avatars[0]?.id ?? "")} />
          )
        }
      </Shown>
    </>
  );
}

function Talk({ partners, first }: { partners: Form["TalkPartners"]; first: string }) {
  const [person, setPerson] = useState(first);
  const [model, setModel] = useState(partners.models[0] ?? "nearest");
  const [lines, setLines] = useState<Line[]>([]);
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const [piece, setPiece] = useState("");
  const [why, setWhy] = useState<Form["TalkAnswer"] | null>(null);
  const stop = useRef<AbortController>();
  const end = useRef<HTMLDivElement>(null);
  const name = partners.avatars.find((a) => a.id === person)?.name ?? "";

  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [lines, piece]);
  useEffect(() => () => stop.current?.abort(), []);
  const begin = (id: string) => {
    stop.current?.abort();
    setPerson(id);
    setLines([]);
  };

  const say = async () => {
    const said = text.trim();
    if (!said || state) return;
    const turns: Line[] = [...lines, { avatar: false, text: said }];
    setLines(turns);
    setText("");
    setState("Thinking…");
    stop.current = new AbortController();
    try {
      let got = "";
      await stream<Form["TalkEvent"]>(
        "/api/talk",
        {
          person,
          partner: null,
          model,
          turns: turns.map(({ avatar, text }) => ({ avatar, text })),
        } satisfies Form["TalkSaid"],
        (event) => {
          if (event.ready) {
            const { stage, done, total } = event.ready;
            setState(
              `Preparing the avatar: ${stage}${total > 0 ? `, ${percent(Math.floor((100 * done) / total) / 100, 0)}` : ""}`,
            );
          }
          if (event.piece) {
            got += event.piece;
            setPiece(got);
            setState("Writing…");
          }
          if (event.answer) {
            const answer = event.answer;
            setLines([...turns, { avatar: true, text: answer.text || "(No reply: no stored message fits.)", answer }]);
          }
        },
        stop.current.signal,
      );
    } catch (error) {
      // The message did not get a reply. Put it back into the input, so that it can be sent again.
      setLines(lines);
      setText(said);
      tell(error);
    } finally {
      setPiece("");
      setState("");
    }
  };

  return (
    <>
      <div class="row" style={{ marginBottom: "14px" }}>
        <label>
          Avatar
          <select value={person} onChange={(e) => begin(e.currentTarget.value)}>
            {partners.avatars.map((a) => (
              <option key={a.id} value={a.id}>
                {a.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Model
          <select value={model} onChange={(e) => setModel(e.currentTarget.value)}>
            {partners.models.map((m) => (
              <option key={m} value={m}>
                {modelName(m)}
              </option>
            ))}
          </select>
        </label>
        <button onClick={() => begin(person)} disabled={lines.length === 0}>
          Start a new chat
        </button>
      </div>
      <p class="quiet small">
        This is an avatar of {name}, a simulation made from their messages. {name} does not write the replies.
        {model.startsWith("claude") &&
          " With this model, your messages and the recalled passages are sent to Anthropic, without phone numbers and addresses."}
      </p>
      <Card>
        <div
          class="talk"
          style={{ minHeight: "280px", maxHeight: "56vh", overflowY: "auto" }}
          role="log"
          aria-label={`Chat with the avatar of ${name}`}
          tabIndex={0}
        >
          {lines.map((line, i) => (
            <div key={i} class={`message ${line.avatar ? "" : "own"}`}>
              <header>
                <strong>{line.avatar ? `${name} (avatar)` : "You"}</strong>
                {line.answer && (
                  <>
                    {" · "}
                    <button class="bare" onClick={() => setWhy(line.answer!)}>
                      Explain this reply
                    </button>
                  </>
                )}
              </header>
              {line.text}
            </div>
          ))}
          {piece && (
            <div class="message">
              <header>
                <strong>{name} (avatar)</strong>
              </header>
              {piece}
            </div>
          )}
          <div ref={end} />
        </div>
        <div class="quiet small" role="status" style={{ minHeight: "1.5em" }}>
          {state}
        </div>
        <form
          class="row"
          onSubmit={(e) => {
            e.preventDefault();
            void say();
          }}
        >
          <input
            style={{ flex: 1 }}
            aria-label={`Message to the avatar of ${name}`}
            placeholder="Write a message"
            value={text}
            onInput={(e) => setText(e.currentTarget.value)}
          />
          {state ? (
            <button type="button" onClick={() => stop.current?.abort()}>
              Stop
            </button>
          ) : (
            <button class="main" disabled={!text.trim()}>
              Send
            </button>
          )}
        </form>
      </Card>
      {why && <Why answer={why} close={() => setWhy(null)} />}
    </>
  );
}

function Why({ answer, close }: { answer: Form["TalkAnswer"]; close: () => void }) {
  return (
    <Dialog title="How this reply was written" close={close}>
      <p>
        Model: {modelName(answer.model)}. Prompt: about {count(answer.promptTokens)} tokens. {answer.disclosure}
      </p>
      {answer.written !== answer.text && (
        <p class="quiet">
          The text was adjusted to the person’s style. The model wrote: <q>{answer.written}</q>
        </p>
      )}
      <h3>Past replies to similar messages</h3>
      <ul class="plain">
        {answer.examples.map((e) => (
          <li key={e.message}>
            <div class="quiet small">
              {percent(e.likeness)} similar, {moment(e.at)}
            </div>
            {e.speaker}: {e.cue} → <strong>{e.reply}</strong>
          </li>
        ))}
        {answer.examples.length === 0 && <li class="quiet">No similar messages.</li>}
      </ul>
      <h3>Recalled passages</h3>
      {answer.recalled.map((r) => (
        <ul class="plain" key={r.conversation + r.lines[0]?.message}>
          {r.lines.map((l) => (
            <li key={l.message}>
              <span class="quiet small">
                <Link href={conversationPath(r.conversation, l.message)}>{moment(l.at)}</Link>
              </span>{" "}
              {l.name}: {l.found ? <strong>{l.text}</strong> : l.text}
            </li>
          ))}
        </ul>
      ))}
      {answer.recalled.length === 0 && <p class="quiet">No passages were recalled.</p>}
      {answer.facts.length > 0 && (
        <>
          <h3>Facts</h3>
          <ul class="plain">
            {answer.facts.map((f) => (
              <li key={f}>{f}</li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>Full prompt</summary>
        <pre class="log">{answer.prompt}</pre>
      </details>
    </Dialog>
  );
}
