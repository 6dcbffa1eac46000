import { useMemo } from "preact/hooks";
import { Link, useSearch } from "wouter-preact";
import { type Form, get, post } from "../api";
import { count, day, duration, moment, percent, sentence, words, eachMonth } from "../format";
import { Bar, Card, Figure, Head, PersonLink, Shown } from "../parts/basics";
import { Chart } from "../parts/chart";
import { EvidenceButton } from "../parts/evidence";
import { generation, tell, useLoad } from "../use";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export default function Person() {
  const id = new URLSearchParams(useSearch()).get("id") ?? "";
  const whole = useLoad(`person ${id}`, () => get("/api/person", { id }));
  return (
    <Shown of={whole} height={800}>
      {({ person, portrait, claims }) => (
        <>
          <Head
            title={person.name + (person.owner ? " (you)" : "")}
            about={[person.organization, ...person.handles].filter(Boolean).join(" · ")}
          >
            <label class="inline">
              <input
                type="checkbox"
                checked={person.consented}
                onChange={(e) =>
                  void post("/api/people/consent", { id, agrees: e.currentTarget.checked }).then(
                    () => generation.value++,
                    tell,
                  )
                }
              />
              agrees to an avatar
            </label>
            {person.consented && !person.owner && (
              <Link class="button" href={`/p/chat?id=${encodeURIComponent(id)}`}>
                Talk to the avatar
              </Link>
            )}
            <Link class="button" href={`/p/search?person=${encodeURIComponent(id)}`}>
              Search their messages
            </Link>
          </Head>
          <div class="grid">
            <Figure value={count(person.sent)} name="messages sent" />
            <Figure value={count(person.conversations)} name="conversations" />
            <Figure value={day(person.first) || "–"} name="first message" />
            <Figure value={day(person.last) || "–"} name="last message" />
            {portrait ? <Portrait p={portrait} /> : <NotYet />}
            {claims.length > 0 && <Claims claims={claims} />}
          </div>
        </>
      )}
    </Shown>
  );
}

function NotYet() {
  return (
    <Card title="No portrait yet">
      <p>How this person writes was not analyzed yet.</p>
      <Link class="button" href="/p/jobs?new=analyze">
        Find out how people write
      </Link>
    </Card>
  );
}

function Portrait({ p }: { p: Form["PersonPortraitPage"] }) {
  const timelineMonths = useMemo(() => eachMonth(p.rhythm.months, (month) => ({ month, count: 0 })), [p]);
  const timeline = useMemo(
    () => ({
      xAxis: { type: "category", data: timelineMonths.map((m) => m.month) },
      yAxis: { type: "value" },
      series: [{ name: "messages", type: "bar", data: timelineMonths.map((m) => m.count) }],
    }),
    [p],
  );
  const mood = useMemo(
    () => ({
      xAxis: { type: "category", data: p.moods.map((m) => m.month) },
      yAxis: { type: "value", min: -1, max: 1 },
      series: [
        {
          name: "sentiment",
          type: "line",
          smooth: true,
          showSymbol: p.moods.length < 30,
          data: p.moods.map((m) => Number(m.sentiment.toFixed(3))),
        },
      ],
    }),
    [p],
  );
  return (
    <>
      <div class="w8 stack">
        <Card title="Messages by month">
          <Chart height={220} option={timeline} label="Messages by month" />
        </Card>
        <Card title="When they write">
          <Heatmap hours={p.rhythm.weekHours} />
          <p class="quiet small">
            By hour of the week in {p.zone}. {count(p.rhythm.activeDays)} days with messages; at most{" "}
            {p.rhythm.longestStreak} days in a row with, {p.rhythm.longestGapDays} without.
          </p>
        </Card>
        <Card title="Sentiment over time">
          <Chart height={220} option={mood} label="Mean sentiment by month, from -1 to 1" />
        </Card>
      </div>
      <div class="w4 stack">
        <Replies r={p.rhythm} />
        <Style s={p.style} languages={p.languages} />
      </div>
      <Relations relations={p.relations} audiences={p.audiences} />
      <div class="columns">
        <Card title="What they feel">
          <ul class="plain">
            {[...p.feelings]
              .sort((a, b) => b.share.value - a.share.value)
              .map((f) => (
                <li key={f.emotion}>
                  <div class="row between">
                    <EvidenceButton title={`${sentence(f.emotion)}: messages that show it`} basis={f.basis}>
                      {sentence(f.emotion)}
                    </EvidenceButton>
                    <Interval share={f.share} />
                  </div>
                  <Bar share={f.share.value} />
                </li>
              ))}
          </ul>
        </Card>
        <Phrases phrases={p.phrases} />
        <Card title="Topics">
          <ul class="plain">
            {p.topics.map((t) => (
              <li key={t.label}>
                <div class="row between">
                  <EvidenceButton title={`Topic: ${t.label}`} basis={t.basis}>
                    {t.label}
                  </EvidenceButton>
                  <span class="quiet small">
                    {percent(t.share.value)}; others {percent(t.others)}
                  </span>
                </div>
                <div class="quiet small">{t.keywords.join(", ")}</div>
              </li>
            ))}
            {p.topics.length === 0 && <li class="quiet">None stand out.</li>}
          </ul>
        </Card>
        <Card title="Emoji and reactions">
          <ul class="chips">
            {p.emoji.slice(0, 24).map((e) => (
              <li class="chip" key={e.text}>
                {e.text} <span class="quiet">{count(e.count)}</span>
              </li>
            ))}
          </ul>
          {p.reactions.length > 0 && (
            <p class="quiet small" style={{ marginTop: "10px" }}>
              Reactions: {p.reactions.map((r) => `${words(r.text)} ${count(r.count)}`).join(", ")}
            </p>
          )}
          {p.emoji.length === 0 && <p class="quiet">None.</p>}
          {p.nicknames.length > 0 && (
            <>
              <h3>Called</h3>
              <ul class="chips">
                {p.nicknames.map((n) => (
                  <li key={n.name + n.by}>
                    <EvidenceButton title={`“${n.name}”`} basis={n.basis}>
                      {n.name}
                    </EvidenceButton>
                    {n.by && <span class="quiet small"> by {n.by}</span>}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Card>
        {p.triggers.length > 0 && (
          <Card title="What sets them off">
            <ul class="plain">
              {p.triggers.map((t) => (
                <li key={t.situation + t.act}>
                  <EvidenceButton title={`${t.situation}: ${t.act}`} basis={t.basis}>
                    {sentence(t.situation)}: {t.act}
                  </EvidenceButton>
                  <div class="quiet small">
                    {percent(t.share)} of such times; otherwise {percent(t.otherwise)}
                  </div>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {p.notes.length > 0 && (
          <Card title="Notes">
            <ul class="plain">
              {p.notes.map((n) => (
                <li key={n}>{n}</li>
              ))}
            </ul>
          </Card>
        )}
      </div>
      <p class="quiet small">Computed {moment(p.computedAt)}.</p>
    </>
  );
}

const Interval = ({ share }: { share: Form["PersonShare"] }) => (
  <span class="quiet small" title="95% interval">
    {percent(share.value)} ({percent(share.low)}–{percent(share.high)})
  </span>
);

function Replies({ r }: { r: Form["PersonRhythm"] }) {
  const row = (name: string, seconds: number | null) => (
    <li class="row between">
      <span>{name}</span>
      <b>{seconds === null ? "never" : duration(seconds)}</b>
    </li>
  );
  return (
    <Card title="How fast they answer">
      <ul class="plain">
        {row("One in ten within", r.replyP10)}
        {row("Half within", r.replyMedian)}
        {row("Nine in ten within", r.replyP90)}
      </ul>
      <p class="quiet small">
        {count(r.answers)} answers in conversations of two; what was never answered counts as longest.
      </p>
    </Card>
  );
}

/** Hours by weekdays. Darker is more; each cell says its number. */
function Heatmap({ hours }: { hours: number[] }) {
  const most = Math.max(1, ...hours);
  return (
    <div
      class="heat"
      role="img"
      aria-label={`Messages by weekday and hour; most, ${count(most)}, on ${busiest(hours)}`}
    >
      <span />
      {Array.from({ length: 24 }, (_, h) => (
        <span key={h}>{h % 6 === 0 ? h : ""}</span>
      ))}
      {DAYS.map((name, d) => (
        <>
          <span key={name}>{name}</span>
          {Array.from({ length: 24 }, (_, h) => {
            const n = hours[d * 24 + h] ?? 0;
            return (
              <i
                key={h}
                style={{ opacity: n === 0 ? 0.06 : 0.15 + 0.85 * Math.sqrt(n / most) }}
                title={`${name} ${h}:00  ${count(n)}`}
              />
            );
          })}
        </>
      ))}
    </div>
  );
}

function busiest(hours: number[]): string {
  const at = hours.indexOf(Math.max(...hours));
  return `${DAYS[Math.floor(at / 24)] ?? ""} at ${at % 24}:00`;
}

function Style({ s, languages }: { s: Form["PersonStyle"]; languages: Form["PersonNamed"][] }) {
  return (
    <Card title="How they write">
      <p>
        {s.medianWords} words in the middle, {s.meanWords.toFixed(1)} on average.{" "}
        {languages.map((l) => `${l.name} ${percent(l.share)}`).join(", ")}
      </p>
      <ul class="plain small">
        {s.habits
          .filter((h) => h.share.value > 0.005)
          .map((h) => (
            <li key={h.name} class="row between">
              <span>{words(h.name)}</span>
              <Interval share={h.share} />
            </li>
          ))}
      </ul>
      <p class="quiet small">Of {count(s.basis.sampleSize)} messages.</p>
    </Card>
  );
}

function Phrases({ phrases }: { phrases: Form["PersonPhrase"][] }) {
  const kinds = [
    ["PHRASE", "Phrases"],
    ["WORD", "Words"],
    ["GREETING", "Greetings"],
    ["FAREWELL", "Farewells"],
  ] as const;
  return (
    <Card title="Their own words">
      <div class="stack">
        {kinds.map(([kind, name]) => {
          const some = phrases.filter((p) => p.kind === kind).sort((a, b) => (b.z ?? b.count) - (a.z ?? a.count));
          return some.length === 0 ? null : (
            <div key={kind}>
              <h3>{name}</h3>
              <ul class="chips">
                {some.slice(0, 20).map((p) => (
                  <li key={p.text}>
                    <EvidenceButton title={`“${p.text}”`} basis={p.basis}>
                      {p.text}
                    </EvidenceButton>
                    <span class="quiet small"> {count(p.count)}</span>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
    </Card>
  );
}

function Relations({
  relations,
  audiences,
}: {
  relations: Form["PersonRelation"][];
  audiences: Form["PersonAudienceStyle"][];
}) {
  return (
    <Card title="Relationships">
      <div class="scroll" tabIndex={0} role="region" aria-label="Relationships">
        <table>
          <thead>
            <tr>
              <th scope="col">With</th>
              <th scope="col">What they are</th>
              <th scope="col" class="n">
                Sent
              </th>
              <th scope="col" class="n">
                Received
              </th>
              <th scope="col" class="n">
                Begins
              </th>
              <th scope="col" class="n">
                Answers in
              </th>
              <th scope="col" class="n">
                Words each
              </th>
            </tr>
          </thead>
          <tbody>
            {relations.map((r) => (
              <tr key={r.id ?? ""}>
                <td>{r.id ? <PersonLink id={r.id} name={r.name ?? "?"} /> : "?"}</td>
                <td>
                  <EvidenceButton title={`${r.name ?? "?"}: ${r.role ?? sentence(r.family)}`} basis={r.basis}>
                    {r.role ? `${words(r.role)} (${words(r.family)})` : words(r.family)}
                  </EvidenceButton>{" "}
                  <span class="quiet small">{percent(r.probability)}</span>
                </td>
                <td class="n">{count(r.sent)}</td>
                <td class="n">{count(r.received)}</td>
                <td class="n">{percent(r.begun)}</td>
                <td class="n">{r.replyMedian === null ? "–" : duration(r.replyMedian)}</td>
                <td class="n">{audiences.find((a) => a.id === r.id)?.wordsAMessage.toFixed(1) ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {relations.length === 0 && <p class="quiet">No conversations of two.</p>}
    </Card>
  );
}

function Claims({ claims }: { claims: Form["PersonClaim"][] }) {
  return (
    <Card title="What Claude said">
      <ul class="plain">
        {claims.map((c, i) => (
          <li key={i}>
            <strong>{sentence(c.field)}</strong>: {c.text}{" "}
            <span class="quiet small">
              {percent(c.confidence)} sure, shown by {c.shownBy} messages
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
