import { useMemo, useState } from "preact/hooks";
import { type Form, get } from "../api";
import { calendarDay, count, dollars, modelName, operation, percent } from "../format";
import { Card, Figure, Head, Shown } from "../parts/basics";
import { Chart } from "../parts/chart";
import { useLoad } from "../use";

export default function Usage() {
  const [days, setDays] = useState(30);
  const usage = useLoad(`usage ${days}`, () => get("/api/usage", { days }));
  return (
    <>
      <Head title="Claude usage" about="Requests to Claude and their cost. Nothing is sent unless you ask for it.">
        <label>
          Period
          <select value={days} onChange={(e) => setDays(Number(e.currentTarget.value))}>
            {[7, 30, 90, 365].map((d) => (
              <option key={d} value={d}>
                {d} days
              </option>
            ))}
          </select>
        </label>
      </Head>
      <Shown of={usage} height={600}>
        {(u) => (
          <div class="grid">
            <Figure value={dollars(u.today)} name="Cost today" />
            <Figure
              value={dollars(u.month)}
              name={
                u.unconfirmed > 0
                  ? `Cost this month (${dollars(u.unconfirmed)} of it not confirmed)`
                  : "Cost this month"
              }
            />
            <Figure value={count(u.tokensToday)} name={`Tokens today (daily limit: ${count(u.dailyTokens)})`} />
            <Figure value={dollars(u.sum.saved)} name="Saved by caching" />
            <Card title="Cost by day">
              {u.days.length ? <Days days={u.days} /> : <p class="quiet">No requests in this period.</p>}
            </Card>
            <Lines title="By model" column="Model" lines={u.models} named={modelName} />
            <Lines title="By purpose" column="Purpose" lines={u.operations} named={operation} />
            <Lines title="By run" column="Run" lines={u.sessions} named={(run) => run} />
          </div>
        )}
      </Shown>
    </>
  );
}

function Days({ days }: { days: Form["UsageLine"][] }) {
  const option = useMemo(() => {
    const sorted = [...days].reverse();
    return {
      xAxis: { type: "category", data: sorted.map((d) => calendarDay(d.name)) },
      yAxis: { type: "value", axisLabel: { formatter: dollars } },
      tooltip: { valueFormatter: dollars },
      series: [{ name: "US dollars", type: "bar", data: sorted.map((d) => d.cost) }],
    };
  }, [days]);
  return <Chart height={240} option={option} label="Cost by day in US dollars" />;
}

function Lines({
  title,
  column,
  lines,
  named,
}: {
  title: string;
  column: string;
  lines: Form["UsageLine"][];
  named: (name: string) => string;
}) {
  if (lines.length === 0) return null;
  return (
    <Card title={title}>
      <div class="scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{column}</th>
              <th scope="col" class="n">
                Requests
              </th>
              <th scope="col" class="n">
                Input tokens
              </th>
              <th scope="col" class="n">
                Output tokens
              </th>
              <th scope="col" class="n">
                Of them thinking
              </th>
              <th scope="col" class="n">
                Cache hit rate
              </th>
              <th scope="col" class="n">
                Cost
              </th>
              <th scope="col" class="n">
                Saved
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((l) => (
              <tr key={l.name}>
                <td>{named(l.name)}</td>
                <td class="n">{count(l.requests)}</td>
                <td class="n">{count(l.input)}</td>
                <td class="n">{count(l.output)}</td>
                <td class="n">{count(l.thinking)}</td>
                <td class="n">{percent(l.cacheHitRate)}</td>
                <td class="n">{dollars(l.cost)}</td>
                <td class="n">{dollars(l.saved)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
