import { useMemo } from "preact/hooks";
import { Link, useSearch } from "wouter-preact";
import { type Form, get, post } from "../api";
import {
  count,
  day,
  decimal,
  duration,
  eachMonth,
  habit,
  hour,
  moment,
  month,
  percent,
  relationship,
  sentence,
  several,
  weekday,
  words,
} from "../format";
import { Bar, Card, Figure, Head, PersonLink, Shown } from "../parts/basics";
import { Chart } from "../parts/chart";
import { EvidenceButton } from "../parts/evidence";
import { Facts } from "../parts/facts";
import { generation, tell, useLoad } from "../use";

/** Jobs started here analyze people with at least this many messages; the server sets the same limit. */
const MESSAGES_NEEDED = 20;
/** With fewer replies, the times for 10 % and 90 % would rest on a single message each. */
const REPLIES_NEEDED = 10;

const DAYS = Array.from({ length: 7 }, (_, d) => weekday(d));

export default function Person() {
  const id = new URLSearchParams(useSearch()).get("id") ?? "";
  const whole = useLoad(`person ${id}`, () => get("/api/person", { id }));
  return (
    <Shown of={whole} height={800}>
      {({ person, portrait, claims, facts }) => (
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
              Agreed to an avatar
            </label>
            {person.consented && !person.owner && (
              <Link class="button" href={`/p/chat?id=${encodeURIComponent(id)}`}>
                Chat with the avatar
              </Link>
            )}
            <Link class="button" href={`/p/search?person=${encodeURIComponent(id)}`}>
              Search their messages
            </Link>
          </Head>
          <div class="grid">
            <Figure value={count(person.sent)} name="Messages sent" />
            <Figure value={count(person.conversations)} name="Conversations" />
            <Figure value={day(person.first) || "–"} name="First message" />
            <Figure value={day(person.last) || "–"} name="Last message" />
            {portrait ? <Portrait p={portrait} /> : <NotYet sent={person.sent} />}
            <Facts
              key={person.id}
              person={person.id}
              facts={facts}
              changed={(now) => whole.set({ person, portrait, claims, facts: now })}
            />
            {claims.length > 0 && <Claims claims={claims} />}
          </div>
        </>
      )}
    </Shown>
  );
}

function NotYet({ sent }: { sent: number }) {
  if (sent < MESSAGES_NEEDED)
    return (
      <Card title="No portrait">
        <p>
          Not enough messages to tell ({count(sent)}; {count(MESSAGES_NEEDED)} needed)
        </p>
      </Card>
    );
  return (
    <Card title="No portrait yet">
      <p>The messages of this person have not been analyzed yet.</p>
      <Link class="button" href="/p/jobs?new=analyze">
        Analyze how people write
      </Link>
    </Card>
  );
}

function Portrait({ p }: { p: Form["PersonPortraitPage"] }) {
  const timelineMonths = useMemo(() => eachMonth(p.rhythm.months, (month) => ({ month, count: 0 })), [p]);
  const timeline = useMemo(
    () => ({
      xAxis: { type: "category", data: timelineMonths.map((m) => month(m.month)) },
      yAxis: { type: "value" },
      series: [{ name: "Messages", type: "bar", data: timelineMonths.map((m) => m.count) }],
    }),
    [p],
  );
  const mood = useMemo(
    () => ({
      xAxis: { type: "category", data: p.moods.map((m) => month(m.month)) },
      yAxis: { type: "value", min: -1, max: 1 },
      series: [
        {
          name: "Sentiment",
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
        <Card title="Active hours">
          <Heatmap hours={p.rhythm.weekHours} />
          <p class="quiet small">
            Messages by weekday and hour, time zone {p.zone}. Messages on {several(p.rhythm.activeDays, "day")}. Longest
            streak: {several(p.rhythm.longestStreak, "day")}. Longest break: {several(p.rhythm.longestGapDays, "day")}.
          </p>
        </Card>
        <Card title="Sentiment over time">
          <Chart height={220} option={mood} label="Average sentiment by month, from −1 (negative) to 1 (positive)" />
        </Card>
      </div>
      <div class="w4 stack">
        <Replies r={p.rhythm} />
        <Style s={p.style} languages={p.languages} />
      </div>
      <Relations relations={p.relations} audiences={p.audiences} />
      <div class="columns">
        <Card title="Emotions">
          <ul class="plain">
            {[...p.feelings]
              .sort((a, b) => b.share.value - a.share.value)
              .map((f) => (
                <li key={f.emotion}>
                  <div class="row between">
                    <EvidenceButton title={`Messages that express ${words(f.emotion)}`} basis={f.basis}>
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
                    {percent(t.share.value)} (other people: {percent(t.others)})
                  </span>
                </div>
                <div class="quiet small">{t.keywords.join(", ")}</div>
              </li>
            ))}
            {p.topics.length === 0 && <li class="quiet">No distinctive topics.</li>}
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
          {p.emoji.length === 0 && <p class="quiet">No emoji.</p>}
          {p.nicknames.length > 0 && (
            <>
              <h3>Nicknames</h3>
              <ul class="chips">
                {p.nicknames.map((n) => (
                  <li key={n.name + n.by}>
                    <EvidenceButton title={`“${n.name}”`} basis={n.basis}>
                      {n.name}
                    </EvidenceButton>
                    {n.by && <span class="quiet small"> used by {n.by}</span>}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Card>
        {p.triggers.length > 0 && (
          <Card title="Triggers">
            <ul class="plain">
              {p.triggers.map((t) => (
                <li key={t.situation + t.act}>
                  <EvidenceButton title={`${sentence(t.situation)}: ${t.act}`} basis={t.basis}>
                    {sentence(t.situation)}: {t.act}
                  </EvidenceButton>
                  <div class="quiet small">
                    {percent(t.share)} of the time; otherwise {percent(t.otherwise)}
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
      <p class="quiet small">Analyzed on {moment(p.computedAt)}.</p>
    </>
  );
}

const Interval = ({ share }: { share: Form["PersonShare"] }) => (
  <span class="quiet small" title="95 % confidence interval">
    {percent(share.value)} ({percent(share.low)}–{percent(share.high)})
  </span>
);

function Replies({ r }: { r: Form["PersonRhythm"] }) {
  if (r.answers < REPLIES_NEEDED)
    return (
      <Card title="Reply time">
        <p>
          {r.answers === 0
            ? "No replies yet"
            : `Not enough replies to tell (${count(r.answers)}; ${count(REPLIES_NEEDED)} needed)`}
        </p>
      </Card>
    );
  const row = (share: number, seconds: number | null) => (
    <li class="row between">
      <span>{percent(share)} of messages answered within</span>
      <b>{seconds === null ? `fewer than ${percent(share)} are answered` : duration(seconds)}</b>
    </li>
  );
  return (
    <Card title="Reply time">
      <ul class="plain">
        {row(0.1, r.replyP10)}
        {row(0.5, r.replyMedian)}
        {row(0.9, r.replyP90)}
      </ul>
      <p class="quiet small">
        Based on {several(r.answers, "reply", "replies")} in one-to-one conversations. Unanswered messages count as the
        slowest.
      </p>
    </Card>
  );
}

/** Messages by weekday and hour. Darker means more; the tooltip of a cell shows the number. */
function Heatmap({ hours }: { hours: number[] }) {
  const most = Math.max(1, ...hours);
  return (
    <div
      class="heat"
      role="img"
      aria-label={`Messages by weekday and hour. Busiest: ${busiest(hours)}, ${several(Math.max(0, ...hours), "message")}`}
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
                title={`${name}, ${hour(h)}: ${several(n, "message")}`}
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
  return `${DAYS[Math.floor(at / 24)] ?? ""} at ${hour(at % 24)}`;
}

function Style({ s, languages }: { s: Form["PersonStyle"]; languages: Form["PersonNamed"][] }) {
  return (
    <Card title="Writing style">
      <p>
        Typical message: {several(s.medianWords, "word")} (average: {decimal(s.meanWords, 1)}).
        {languages.length > 0 && ` Languages: ${languages.map((l) => `${l.name} ${percent(l.share)}`).join(", ")}.`}
      </p>
      <ul class="plain small">
        {s.habits
          .filter((h) => h.share.value > 0.005)
          .map((h) => (
            <li key={h.name} class="row between">
              <span>{habit(h.name)}</span>
              <Interval share={h.share} />
            </li>
          ))}
      </ul>
      <p class="quiet small">Share of {several(s.basis.sampleSize, "message")}.</p>
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
    <Card title="Distinctive words">
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
              <th scope="col">Person</th>
              <th scope="col">Likely relationship</th>
              <th scope="col" class="n">
                Sent
              </th>
              <th scope="col" class="n">
                Received
              </th>
              <th scope="col" class="n">
                Sessions started
              </th>
              <th scope="col" class="n">
                Reply time
              </th>
              <th scope="col" class="n">
                Words per message
              </th>
            </tr>
          </thead>
          <tbody>
            {relations.map((r) => (
              <tr key={r.id ?? ""}>
                <td>{r.id ? <PersonLink id={r.id} name={r.name ?? "Unnamed person"} /> : "Unknown person"}</td>
                <td>
                  <EvidenceButton
                    title={`${r.name ?? "Unnamed person"}: ${r.role ? words(r.role) : relationship(r.family)}`}
                    basis={r.basis}
                  >
                    {r.role ? `${sentence(r.role)} (${relationship(r.family).toLowerCase()})` : relationship(r.family)}
                  </EvidenceButton>{" "}
                  <span class="quiet small">confidence {percent(r.probability)}</span>
                </td>
                <td class="n">{count(r.sent)}</td>
                <td class="n">{count(r.received)}</td>
                <td class="n">{percent(r.begun)}</td>
                <td class="n">{r.replyMedian === null ? "–" : duration(r.replyMedian)}</td>
                <td class="n">{wordsPerMessage(audiences, r.id)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {relations.length === 0 && <p class="quiet">No one-to-one conversations.</p>}
    </Card>
  );
}

function wordsPerMessage(audiences: Form["PersonAudienceStyle"][], id: string | null): string {
  const style = audiences.find((a) => a.id === id);
  return style ? decimal(style.wordsAMessage, 1) : "–";
}

function Claims({ claims }: { claims: Form["PersonClaim"][] }) {
  return (
    <Card title="Findings by Claude">
      <ul class="plain">
        {claims.map((c, i) => (
          <li key={i}>
            <strong>{sentence(c.field)}</strong>: {c.text}{" "}
            <span class="quiet small">
              confidence {percent(c.confidence)}, evidence: {several(c.shownBy, "message")}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
