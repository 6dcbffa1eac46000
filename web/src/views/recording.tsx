import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useSearch } from "wouter-preact";
import { type Form, get, post } from "../api";
import { clock, count, duration, moment, percent, several } from "../format";
import { Bar, Card, Head, PersonLink, Shown } from "../parts/basics";
import { tell, useLoad } from "../use";

export default function Recording() {
  const asked = new URLSearchParams(useSearch());
  const id = asked.get("id") ?? "";
  const recording = useLoad(`recording ${id}`, () => get("/api/recording", { id }));
  return (
    <Shown of={recording} height={700}>
      {(r) => (
        <>
          <Head
            title={r.title}
            about={`${moment(r.startedAt)} · ${duration(r.seconds)} · Transcribed by ${r.transcriber}`}
          />
          <Heard recording={r} at={Number(asked.get("at") ?? 0)} />
        </>
      )}
    </Shown>
  );
}

function Heard({ recording, at }: { recording: Form["RecordingsHeard"]; at: number }) {
  const player = useRef<HTMLMediaElement>(null);
  const [second, setSecond] = useState(at);
  const names = useMemo(
    () => new Map(recording.voices.map((v) => [v.speaker, v.certain && v.name ? v.name : v.speaker])),
    [recording],
  );
  const jump = (to: number, play = true) => {
    if (!player.current) return;
    player.current.currentTime = to;
    setSecond(to);
    if (play) void player.current.play().catch(() => undefined);
  };
  useEffect(() => {
    if (at > 0) jump(at, false);
  }, [recording.id, at]);
  const current = recording.said.findLast((u) => u.start <= second + 0.05);
  useEffect(() => {
    document.getElementById(`said-${current?.number}`)?.scrollIntoView({ block: "nearest" });
  }, [current?.number]);
  const Player = recording.picture ? "video" : "audio";
  return (
    <div class="grid">
      <div class="w8 stack">
        <Card>
          <Player
            ref={player as never}
            src={recording.media}
            controls
            preload="metadata"
            class="wide"
            aria-label={`Player: ${recording.title}`}
            onTimeUpdate={(e) => setSecond(e.currentTarget.currentTime)}
          />
        </Card>
        <Card title="Transcript">
          <ol class="plain talk" style={{ maxHeight: "60vh", overflowY: "auto" }} tabIndex={0} aria-label="Transcript">
            {recording.said.map((u) => (
              <li key={u.number} id={`said-${u.number}`} aria-current={u === current ? "true" : undefined}>
                <button class="bare small" onClick={() => jump(u.start)} aria-label={`Play from ${clock(u.start)}`}>
                  {clock(u.start)}
                </button>{" "}
                <strong>{names.get(u.speaker)}</strong>
                <div>
                  {u.words.map((w, i) => (
                    <span
                      key={i}
                      class={`said ${second >= w.start && second < w.end ? "now" : ""}`}
                      onClick={() => jump(w.start)}
                    >
                      {w.text}{" "}
                    </span>
                  ))}
                </div>
              </li>
            ))}
            {recording.said.length === 0 && <li class="quiet">No speech was recognized.</li>}
          </ol>
        </Card>
      </div>
      <Card title="Speakers" class="w4">
        <ul class="plain">
          {recording.voices.map((v) => (
            <li key={v.speaker}>
              <Voice recording={recording.id} voice={v} />
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Voice({ recording, voice }: { recording: string; voice: Form["RecordingsVoice"] }) {
  const people = useLoad("people for voices", () => get("/api/people", { limit: 500 }));
  const name = (person: string) =>
    void post("/api/recording/speaker", { recording, speaker: voice.speaker, person }).catch(tell);
  return (
    <div class="stack">
      <div class="row between">
        <strong>{voice.speaker}</strong>
        <span class="quiet small">
          {duration(voice.seconds)} ({percent(voice.share)})
        </span>
      </div>
      <Bar share={voice.share} label={`${voice.speaker} speaks ${percent(voice.share)} of the time`} />
      <div>
        {voice.person && voice.name ? (
          <>
            <PersonLink id={voice.person} name={voice.name} />{" "}
            <span class="quiet small">
              {voice.certain ? "" : `Possible match (confidence ${percent(voice.confidence)})`}
            </span>
          </>
        ) : (
          <span class="quiet">Unknown person</span>
        )}
      </div>
      <div class="quiet small">
        {count(Math.round(voice.wordsPerMinute))} words per minute
        {voice.pitch > 0 && `, pitch ${count(Math.round(voice.pitch))} Hz`},{" "}
        {several(voice.interruptions, "interruption")}
      </div>
      <label>
        This speaker is
        <select value={voice.certain ? (voice.person ?? "") : ""} onChange={(e) => name(e.currentTarget.value)}>
          <option value="">Unknown person</option>
          {people.data?.people.map((p) => (
            <option key={p.id} value={p.id}>
              {p.name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
