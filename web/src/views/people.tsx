import { useState } from "preact/hooks";
import { get, post } from "../api";
import { count, day, several } from "../format";
import { Card, Head, PersonLink, Shown } from "../parts/basics";
import { generation, tell, useLoad, useSettled } from "../use";

const PAGE = 100;

export default function People() {
  const [part, setPart] = useState("");
  const [order, setOrder] = useState("SENT");
  const [offset, setOffset] = useState(0);
  const q = useSettled(part);
  const list = useLoad(`people ${q} ${order} ${offset}`, () => get("/api/people", { q, order, offset, limit: PAGE }));
  const consent = (id: string, agrees: boolean) =>
    post("/api/people/consent", { id, agrees }).then(() => generation.value++, tell);
  return (
    <>
      <Head title="People">
        <label>
          Search
          <input
            type="search"
            value={part}
            placeholder="Name, phone number or address"
            onInput={(e) => {
              setPart(e.currentTarget.value);
              setOffset(0);
            }}
          />
        </label>
        <label>
          Sort by
          <select value={order} onChange={(e) => setOrder(e.currentTarget.value)}>
            <option value="SENT">Messages sent</option>
            <option value="LAST">Latest message</option>
            <option value="NAME">Name</option>
          </select>
        </label>
      </Head>
      <Shown of={list} height={600}>
        {({ total, people }) => (
          <Card>
            <div class="scroll" tabIndex={0} role="region" aria-label="People">
              <table>
                <caption>
                  {several(total, "person", "people")}
                  {total > PAGE && `, showing ${count(offset + 1)} to ${count(offset + people.length)}`}
                </caption>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col" class="n">
                      Messages sent
                    </th>
                    <th scope="col" class="n">
                      Conversations
                    </th>
                    <th scope="col">First message</th>
                    <th scope="col">Last message</th>
                    <th scope="col">Addresses</th>
                    <th scope="col">Consent to an avatar</th>
                  </tr>
                </thead>
                <tbody>
                  {people.map((p) => (
                    <tr key={p.id}>
                      <td>
                        <PersonLink id={p.id} name={p.name} />
                        {p.owner && <span class="quiet"> (you)</span>}
                        {p.analyzed && <div class="quiet small">Analyzed</div>}
                      </td>
                      <td class="n">{count(p.sent)}</td>
                      <td class="n">{count(p.conversations)}</td>
                      <td>{day(p.first)}</td>
                      <td>{day(p.last)}</td>
                      <td class="small">{p.handles.join(", ")}</td>
                      <td>
                        <label class="inline">
                          <input
                            type="checkbox"
                            checked={p.consented}
                            aria-label={`Agreed to an avatar: ${p.name}`}
                            onChange={(e) => void consent(p.id, e.currentTarget.checked)}
                          />
                          Agreed
                        </label>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {people.length === 0 && <p class="quiet">{part ? `No people match “${part}”.` : "No people yet."}</p>}
            {total > PAGE && (
              <div class="row">
                <button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                  Show previous
                </button>
                <button disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
                  Show next
                </button>
              </div>
            )}
          </Card>
        )}
      </Shown>
    </>
  );
}
