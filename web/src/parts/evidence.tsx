import { signal } from "@preact/signals";
import { Link } from "wouter-preact";
import { type Form, get } from "../api";
import { moment, several } from "../format";
import { useLoad } from "../use";
import { conversationPath, Dialog, recordingPath, Shown } from "./basics";

const asked = signal<{ title: string; ids: string[]; basis?: Form["PersonBasis"] } | null>(null);

/** Opens the dialog with the messages that show a finding. */
export function showEvidence(title: string, ids: string[], basis?: Form["PersonBasis"]) {
  asked.value = { title, ids, basis };
}

export function EvidenceButton({
  title,
  basis,
  children,
}: {
  title: string;
  basis: Form["PersonBasis"];
  children: preact.ComponentChildren;
}) {
  if (!basis.evidence.length) return <span>{children}</span>;
  return (
    <button class="bare" onClick={() => showEvidence(title, basis.evidence, basis)} title="Show the messages">
      {children}
    </button>
  );
}

export function Message({
  message,
  aimed,
  plain,
}: {
  message: Form["MessagesShown"];
  aimed?: boolean;
  plain?: boolean;
}) {
  return (
    <article class={`message ${message.own && !plain ? "own" : ""} ${aimed ? "aimed" : ""}`} data-id={message.id}>
      <header>
        <strong>{message.own ? "You" : message.senderName}</strong>
        {plain && (
          <>
            {" in "}
            <Link href={conversationPath(message.conversation, message.id)} onClick={() => (asked.value = null)}>
              {message.conversationName}
            </Link>
          </>
        )}
        {" · "}
        <time dateTime={message.at ?? ""}>{moment(message.at)}</time>
        {message.recording && (
          <>
            {" · "}
            <Link href={recordingPath(message.recording.id, message.recording.second)}>Listen</Link>
          </>
        )}
      </header>
      {message.text || <span class="quiet">No text</span>}
    </article>
  );
}

/** The dialog for evidence; the page has only one. */
export function Evidence() {
  const what = asked.value;
  if (!what) return null;
  return <Open key={what.ids.join()} {...what} />;
}

function Open({ title, ids, basis }: { title: string; ids: string[]; basis?: Form["PersonBasis"] }) {
  const messages = useLoad(`evidence ${ids.join()}`, () => get("/api/messages", { id: ids }));
  return (
    <Dialog title={title} close={() => (asked.value = null)}>
      {basis && <p class="quiet small">Based on {several(basis.sampleSize, "message")}. Examples:</p>}
      <Shown of={messages}>
        {(all) => (
          <div class="talk">
            {all.map((m) => (
              <Message key={m.id} message={m} plain />
            ))}
            {all.length === 0 && <p>These messages are no longer stored.</p>}
          </div>
        )}
      </Shown>
    </Dialog>
  );
}
