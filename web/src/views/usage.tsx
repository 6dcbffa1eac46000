import { useMemo, useState } from "preact/hooks";
import { type Form, get } from "../api";
import { count, dollars, percent } from "../format";
import { Card, Figure, Head, Shown } from "../parts/basics";
import { Chart } from "../parts/chart";
import { useLoad } from "../use";

export default function Usage() {
  const [days, setDays] = useState(30);
  const usage = useLoad(`usage ${days}`, () => get("/api/usage", { days }));
  return (
    <>
      <Head title="Tokens and cost" about="What was asked of Claude. Nothing is asked unless you want it.">
        <label>
          Over
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
            <Figure value={dollars(u.today)} name="today" />
            <Figure
              value={dollars(u.month)}
              name={u.unconfirmed > 0 ? `this month (${dollars(u.unconfirmed)} unconfirmed)` : "this month"}
            />
            <Figure value={count(u.tokensToday)} name={`tokens today, of ${count(u.dailyTokens)}`} />
            <Figure value={dollars(u.sum.saved)} name="saved by the cache" />
            <Card title="By day">
              {u.days.length ? <Days days={u.days} /> : <p class="quiet">Nothing was asked in this time.</p>}
            </Card>
            <Lines title="By model" lines={u.models} />
            <Lines title="By kind of request" lines={u.operations} />
            <Lines title="By run" lines={u.sessions} />
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
      xAxis: { type: "category", data: sorted.map((d) => d.name) },
      yAxis: { type: "value" },
      series: [{ name: "US dollars", type: "bar", data: sorted.map((d) => d.cost) }],
    };
  }, [days]);
  return <Chart height={240} option={option} label="Cost by day in US dollars" />;
}

function Lines({ title, lines }: { title: string; lines: Form["UsageLine"][] }) {
  if (lines.length === 0) return null;
  return (
    <Card title={title}>
      <div class="scroll" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" class="n">
                Requests
              </th>
              <th scope="col" class="n">
                In
              </th>
              <th scope="col" class="n">
                Out
              </th>
              <th scope="col" class="n">
                From cache
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
                <td>{l.name}</td>
                <td class="n">{count(l.requests)}</td>
                <td class="n">{count(l.input)}</td>
                <td class="n">{count(l.output)}</td>
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
