import { useMemo } from "preact/hooks";
import { Link } from "wouter-preact";
import { type Form, get } from "../api";
import { count, day, eachMonth, month, several } from "../format";
import { Bar, Card, conversationPath, Figure, Head, PersonLink, recordingPath, Shown } from "../parts/basics";
import { Chart } from "../parts/chart";
import { useLoad } from "../use";

export function Overview() {
  const summary = useLoad("overview", () => get("/api/overview"));
  return (
    <>
      <Head title="Overview" about="Your messages, and the people in them" />
      <Shown of={summary} height={720}>
        {(s) => (
          <div class="grid">
            <Figure value={count(s.messages)} name="Messages" />
            <Figure value={count(s.people)} name="People" />
            <Figure value={count(s.conversations)} name="Conversations" />
            <Figure value={count(s.portraits)} name="Portraits" />
            {s.messages > 0 && (
              <Card title="Messages over time" class="w8">
                <Months months={s.months} />
              </Card>
            )}
            <Card title="Next steps" class={s.messages > 0 ? "w4" : ""}>
              <ul class="plain">
                {s.next.map((step) => (
                  <li key={step.title}>
                    <Link href={step.view === "/" ? "/" : `/p${step.view}`}>{step.title}</Link>
                    <div class="quiet small">{step.why}</div>
                    <code class="quiet small">
                      avatar {step.command.map((w) => (w.includes(" ") ? `"${w}"` : w)).join(" ")}
                    </code>
                  </li>
                ))}
              </ul>
            </Card>
            {s.top.length > 0 && (
              <Card title="Most active people" class="w6">
                <ul class="plain">
                  {s.top.map((p) => (
                    <li key={p.id}>
                      <div class="row between">
                        <PersonLink id={p.id} name={p.name} />
                        <span class="quiet small">
                          {several(p.sent, "message")}, last on {day(p.last)}
                        </span>
                      </div>
                      <Bar share={p.sent / (s.top[0]?.sent || 1)} />
                    </li>
                  ))}
                </ul>
              </Card>
            )}
            {s.latest.length > 0 && (
              <Card title="Latest conversations" class="w6">
                <ul class="plain">
                  {s.latest.map((c) => (
                    <li key={c.id} class="row between">
                      <Link
                        href={c.recording ? recordingPath(c.id.replace(/^recording:/, "")) : conversationPath(c.id)}
                      >
                        {c.name || "Unnamed conversation"}
                      </Link>
                      <span class="quiet small">
                        {c.recording ? "Recording, " : c.group ? "Group, " : ""}
                        {several(c.messages, "message")}, {day(c.last)}
                      </span>
                    </li>
                  ))}
                </ul>
              </Card>
            )}
          </div>
        )}
      </Shown>
    </>
  );
}

function Months({ months: some }: { months: Form["OverviewMonth"][] }) {
  const months = useMemo(() => eachMonth(some, (month) => ({ month, messages: 0, own: 0 })), [some]);
  const option = useMemo(
    () => ({
      xAxis: { type: "category", data: months.map((m) => month(m.month)) },
      yAxis: { type: "value" },
      dataZoom: [{ type: "inside" }],
      series: [
        { name: "From you", type: "bar", stack: "all", data: months.map((m) => m.own) },
        { name: "From others", type: "bar", stack: "all", data: months.map((m) => m.messages - m.own) },
      ],
    }),
    [months],
  );
  const first = months[0] ? month(months[0].month) : "";
  const end = months.at(-1);
  const last = end ? month(end.month) : "";
  return (
    <Chart
      height={300}
      option={option}
      label={`Messages by month from ${first} to ${last}, from you and from others`}
    />
  );
}
