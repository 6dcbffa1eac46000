import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Form, post } from "../api";
import { day, modelName, partialDate, percent, several } from "../format";
import { tell } from "../use";
import { Card, PersonLink } from "./basics";
import { showEvidence } from "./evidence";

type Entry = Form["FactsEntry"];
type Fact = Form["FactsStated"];

/** The server accepts corrections up to this length. */
const LONGEST = 500;

/** The facts about a person. The user's word on them is stored; later enrichments do not change it. */
export function Facts({
  person,
  facts,
  changed,
}: {
  person: string;
  facts: Entry[];
  changed: (facts: Entry[]) => void;
}) {
  const [done, setDone] = useState("");
  const status = useRef<HTMLParagraphElement>(null);
  const finish = (now: Entry[], text: string) => {
    changed(now);
    setDone(text);
    // The row with the focus disappears; a correction appears at the top of the list, after this message.
    status.current?.focus();
  };
  return (
    <Card title="Facts">
      <p class="quiet small">
        Claude finds facts in messages. What you correct or delete stays so when Claude reads the messages again.
        {facts.some((f) => f.contradictions.length > 0) && " Avatars do not use facts that contradict each other."}
      </p>
      <p class="small status" role="status" tabIndex={-1} ref={status}>
        {done}
      </p>
      {facts.length === 0 ? (
        <p class="quiet">
          No facts are stored. To find some, run <code>avatar enrich NAME --analyses summary</code>, which sends
          messages to Claude.
        </p>
      ) : (
        <ul class="plain">
          {facts.map((entry) => (
            <Row key={entry.fact.id} entry={entry} person={person} finish={finish} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const sentence = (f: Fact) => `${f.subject} ${f.predicate} ${f.object}`;

function Row({
  entry: { fact, contradictions },
  person,
  finish,
}: {
  entry: Entry;
  person: string;
  finish: (facts: Entry[], text: string) => void;
}) {
  const [open, setOpen] = useState<"correct" | "delete" | null>(null);
  const correct = useRef<HTMLButtonElement>(null);
  const remove = useRef<HTMLButtonElement>(null);
  const chosen = {
    person,
    id: fact.id,
    subject: fact.subject,
    predicate: fact.predicate,
    object: fact.object,
  };
  // A form that is closed without a change gives the focus back to the button that opened it. A layout effect runs
  // before the next key can arrive.
  const last = useRef(open);
  useLayoutEffect(() => {
    if (open === null && last.current !== null) (last.current === "correct" ? correct : remove).current?.focus();
    last.current = open;
  }, [open]);
  return (
    <li class="fact">
      <div class="row between">
        <div>
          <Sentence fact={fact} /> {fact.byUser && <span class="chip">Your word</span>}{" "}
          {contradictions.length > 0 && <span class="chip bad">Contradiction</span>}
          <Source fact={fact} person={person} />
        </div>
        {open === null && (
          <div class="row">
            <button ref={correct} onClick={() => setOpen("correct")} aria-label={`Correct: ${sentence(fact)}`}>
              Correct
            </button>
            <button ref={remove} onClick={() => setOpen("delete")} aria-label={`Delete: ${sentence(fact)}`}>
              Delete
            </button>
          </div>
        )}
      </div>
      {open === "correct" && (
        <Correcting
          fact={fact}
          close={() => setOpen(null)}
          save={(to) =>
            post("/api/person/facts/correct", { fact: chosen, to }).then((now) =>
              finish(now, `Saved: ${sentence({ ...fact, object: to })}`),
            )
          }
        />
      )}
      {open === "delete" && (
        <Deleting
          close={() => setOpen(null)}
          remove={() =>
            post("/api/person/facts/delete", chosen).then((now) => finish(now, `Deleted: ${sentence(fact)}`))
          }
        />
      )}
      {contradictions.length > 0 && (
        <div class="against">
          <strong class="small">Contradicted by</strong>
          <ul class="plain">
            {contradictions.map((other) => (
              <li key={other.id}>
                <Sentence fact={other} />
                <Source fact={other} person={person} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  );
}

function Sentence({ fact }: { fact: Fact }) {
  const period = [
    fact.validFrom && `since ${partialDate(fact.validFrom)}`,
    fact.validTo && `until ${partialDate(fact.validTo)}`,
  ].filter(Boolean);
  return (
    <span>
      {fact.subject} {fact.predicate} <strong>{fact.object}</strong>
      {period.length > 0 && ` (${period.join(", ")})`}
    </span>
  );
}

/** Whose word a fact is, and the messages that show it. */
function Source({ fact, person }: { fact: Fact; person: string }) {
  const first = day(fact.first);
  const last = day(fact.last);
  const seen = first === last ? first : `${first} to ${last}`;
  const at = fact.at ? ` on ${day(fact.at)}` : "";
  return (
    <div class="quiet small">
      {fact.byUser
        ? `You said so${at}`
        : `Found by ${modelName(fact.model ?? "claude")}${at}, confidence ${percent(fact.confidence)}`}
      {fact.person !== person && (
        <>
          {" · from messages of "}
          <PersonLink id={fact.person} name={fact.personName} />
        </>
      )}
      {seen && ` · ${fact.byUser ? "replaces a fact seen on" : "seen on"} ${seen}`}
      {" · "}
      {fact.evidence.length > 0 ? (
        <button
          class="bare"
          title="Show the messages"
          aria-label={`${several(fact.messages, "message")}: ${sentence(fact)}`}
          onClick={() => showEvidence(sentence(fact), fact.evidence)}
        >
          {several(fact.messages, "message")}
        </button>
      ) : (
        "its messages are no longer stored"
      )}
    </div>
  );
}

/** Runs a change once at a time. If it fails, says why and gives the focus back. */
function useChange(failed: () => void): [boolean, (change: () => Promise<void>) => void] {
  const [busy, setBusy] = useState(false);
  const run = (change: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    change().catch((error) => {
      tell(error);
      setBusy(false);
      failed();
    });
  };
  return [busy, run];
}

function Correcting({ fact, close, save }: { fact: Fact; close: () => void; save: (to: string) => Promise<void> }) {
  const [to, setTo] = useState(fact.object);
  const field = useRef<HTMLInputElement>(null);
  const [busy, run] = useChange(() => field.current?.focus());
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <form
      class="row change"
      aria-label={`Correct: ${sentence(fact)}`}
      aria-busy={busy}
      onSubmit={(e) => {
        e.preventDefault();
        if (to.trim()) run(() => save(to.trim()));
      }}
      onKeyDown={(e) => e.key === "Escape" && !busy && close()}
    >
      <label>
        {fact.subject} {fact.predicate}
        <input
          class="wide"
          ref={field}
          value={to}
          maxLength={LONGEST}
          required
          readOnly={busy}
          autocomplete="off"
          onInput={(e) => setTo(e.currentTarget.value)}
        />
      </label>
      <button class="main" disabled={busy || !to.trim()}>
        {busy ? "Saving…" : "Save"}
      </button>
      <button type="button" onClick={close} disabled={busy}>
        Cancel
      </button>
    </form>
  );
}

function Deleting({ close, remove }: { close: () => void; remove: () => Promise<void> }) {
  const question = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  const [busy, run] = useChange(() => cancel.current?.focus());
  useLayoutEffect(() => cancel.current?.focus(), []);
  return (
    <div
      class="row change"
      role="group"
      aria-labelledby={question}
      aria-busy={busy}
      onKeyDown={(e) => e.key === "Escape" && !busy && close()}
    >
      <span id={question}>Delete this fact? Claude will not bring it back.</span>
      <button class="main" onClick={() => run(remove)} disabled={busy}>
        {busy ? "Deleting…" : "Delete fact"}
      </button>
      <button ref={cancel} onClick={close} disabled={busy}>
        Cancel
      </button>
    </div>
  );
}
