import { useState } from "preact/hooks";
import { useSearch } from "wouter-preact";
import { type Form, get, post } from "../api";
import { count, duration, moment, sentence } from "../format";
import { jobs } from "../jobs";
import { Card, Head } from "../parts/basics";
import { tell, useLoad } from "../use";

type Kind = Form["JobsKind"];

const KINDS: Record<Kind, { name: string; about: string }> = {
  IMPORT: {
    name: "Import messages",
    about:
      "Imports messages from this Mac or from an export of WhatsApp, Telegram, Signal, Discord, Slack, Messenger, e-mail and others. New messages are added and edits are applied. Messages that are already stored are kept.",
  },
  ANALYZE: {
    name: "Analyze how people write",
    about: "Creates portraits of people who sent at least 20 messages. People without new messages are skipped.",
  },
  RECORDING: {
    name: "Import a recording",
    about: "Transcribes an audio or video file and finds out who speaks when and how.",
  },
  TRAIN: {
    name: "Train a model of a person",
    about: "Trains a language model on the messages of a person who has agreed to an avatar.",
  },
};

export default function Jobs() {
  const asked = (new URLSearchParams(useSearch()).get("new") ?? "import").toUpperCase();
  const [kind, setKind] = useState<Kind>(asked in KINDS ? (asked as Kind) : "IMPORT");
  const [path, setPath] = useState("");
  const [me, setMe] = useState("");
  const [person, setPerson] = useState("");
  const [speakers, setSpeakers] = useState("");
  const [busy, setBusy] = useState(false);
  const people = useLoad("agreed", () => get("/api/talk"));
  const trained = person || people.data?.avatars[0]?.id || null;
  const start = () => {
    setBusy(true);
    post("/api/jobs", {
      kind,
      path: kind === "IMPORT" || kind === "RECORDING" ? path || null : null,
      me: kind === "IMPORT" ? me || null : null,
      person: kind === "TRAIN" ? trained : null,
      speakers: kind === "RECORDING" && speakers ? Number(speakers) : null,
    })
      .then(() => setPath(""), tell)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Head title="Jobs" about="Jobs run one after another. They continue when you close this page." />
      <div class="grid">
        <Card title="New job" class="w4">
          <form
            class="stack"
            onSubmit={(e) => {
              e.preventDefault();
              start();
            }}
          >
            <label>
              Type
              <select value={kind} onChange={(e) => setKind(e.currentTarget.value as Kind)}>
                {Object.entries(KINDS).map(([k, { name }]) => (
                  <option key={k} value={k}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <p class="quiet small">{KINDS[kind].about}</p>
            {(kind === "IMPORT" || kind === "RECORDING") && (
              <label>
                {kind === "IMPORT"
                  ? "File, zip or folder (leave empty for this Mac’s Messages)"
                  : "Audio or video file"}
                <input
                  value={path}
                  placeholder="Full path"
                  required={kind === "RECORDING"}
                  spellcheck={false}
                  onInput={(e) => setPath(e.currentTarget.value)}
                />
              </label>
            )}
            {kind === "IMPORT" && (
              <label>
                Your name in the export (only if the export does not mark your messages)
                <input value={me} spellcheck={false} onInput={(e) => setMe(e.currentTarget.value)} />
              </label>
            )}
            {kind === "RECORDING" && (
              <label>
                Number of speakers (if you know it)
                <input
                  type="number"
                  min="1"
                  max="20"
                  value={speakers}
                  onInput={(e) => setSpeakers(e.currentTarget.value)}
                />
              </label>
            )}
            {kind === "TRAIN" && (
              <label>
                Person
                <select value={trained ?? ""} onChange={(e) => setPerson(e.currentTarget.value)}>
                  {people.data?.avatars.map((a) => (
                    <option key={a.id} value={a.id}>
                      {a.name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <button class="main" disabled={busy || (kind === "TRAIN" && !trained)}>
              Start
            </button>
          </form>
        </Card>
        <div class="w8 stack">
          {jobs.value.map((job) => (
            <Job key={job.id} job={job} />
          ))}
          {jobs.value.length === 0 && <Card>No jobs since the program started.</Card>}
        </div>
      </div>
    </>
  );
}

function Job({ job }: { job: Form["JobStatus"] }) {
  const open = job.state === "RUNNING" || job.state === "WAITING";
  return (
    <Card
      title={job.title}
      aside={
        open ? (
          <button
            onClick={() => void post("/api/jobs/cancel", { id: job.id }).catch(tell)}
            aria-label={`Cancel: ${job.title}`}
          >
            Cancel
          </button>
        ) : (
          <span class={job.state === "DONE" ? "good" : job.state === "FAILED" ? "bad" : "quiet"}>
            {sentence(job.state)}
          </span>
        )
      }
    >
      {open && (
        <>
          <progress
            aria-label={`Progress of: ${job.title}`}
            max={job.total > 0 ? job.total : undefined}
            value={job.total > 0 ? job.done : undefined}
          />
          <p class="quiet small" data-testid="progress">
            {job.state === "WAITING"
              ? "Waiting for the previous job"
              : [
                  job.stage,
                  job.done > 0 && `${count(job.done)}${job.total > 0 ? ` of ${count(job.total)}` : ""}`,
                  job.rate > 0 && `${count(Math.round(job.rate))}/s`,
                  job.secondsLeft !== null && `about ${duration(job.secondsLeft)} left`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
          </p>
        </>
      )}
      <p class="quiet small">
        {job.startedAt && `Started ${moment(job.startedAt)}`}
        {job.startedAt &&
          job.endedAt &&
          `, took ${duration((Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000)}`}
      </p>
      {job.lines.length > 0 && (
        <pre class="log" tabIndex={0} aria-label={`Output of: ${job.title}`}>
          {job.lines.join("\n")}
        </pre>
      )}
    </Card>
  );
}
