import { type Form, get, post } from "../api";
import { decimal, probability, sentence, several } from "../format";
import { Card, Head, PersonLink, Shown } from "../parts/basics";
import { tell, useLoad } from "../use";

export default function Duplicates() {
  const review = useLoad("duplicates", () => get("/api/duplicates"));
  const act = (done: Promise<Form["DuplicatesReview"]>) => void done.then(review.set, tell);
  return (
    <>
      <Head title="Duplicates" about="Two entries that are probably the same person. You can undo each merge." />
      <Shown of={review} height={500}>
        {(r) => (
          <div class="stack">
            {r.open.map((card) => (
              <Pair
                key={card.kept.id + card.gone.id}
                card={card}
                merge={() => act(post("/api/duplicates/merge", { kept: card.kept.id, gone: card.gone.id }))}
                apart={() => act(post("/api/duplicates/apart", { kept: card.kept.id, gone: card.gone.id }))}
              />
            ))}
            {r.open.length === 0 && <Card>No likely duplicates.</Card>}
            {r.merged.length > 0 && (
              <Card title="Merged">
                <ul class="plain">
                  {r.merged.map((m) => (
                    <li key={m.gone} class="row between">
                      <span>
                        {m.name ?? "An unnamed person"} was merged into <PersonLink id={m.kept} name="this person" />
                        <div class="quiet small">
                          {m.method === "by hand" ? "Merged by you" : "Found as a likely duplicate"}
                          {m.why.length > 0 && `: ${m.why.join("; ")}`}
                        </div>
                      </span>
                      <button
                        onClick={() => act(post("/api/duplicates/undo", { gone: m.gone }))}
                        aria-label={`Unmerge ${m.name ?? "the unnamed person"}`}
                      >
                        Unmerge
                      </button>
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

function Pair({ card, merge, apart }: { card: Form["DuplicatesCard"]; merge: () => void; apart: () => void }) {
  const strongest = Math.max(1, ...card.why.map((w) => Math.abs(w.bits)));
  const side = (s: Form["DuplicatesSide"]) => (
    <div>
      <h2>
        <PersonLink id={s.id} name={s.name} />
      </h2>
      <div class="quiet small">
        {s.addresses.join(", ") || "No address"} · {several(s.sent, "message")}
      </div>
    </div>
  );
  const names = `${card.gone.name} and ${card.kept.name}`;
  return (
    <Card>
      <div class="grid">
        <div class="w4">{side(card.gone)}</div>
        <div class="w4">{side(card.kept)}</div>
        <div class="w4 row">
          <b>{probability(card.probability)} likely the same person</b>
          <button class="main" onClick={merge} aria-label={`Merge ${names}`}>
            Merge
          </button>
          <button onClick={apart} aria-label={`Not the same person: ${names}`}>
            Not the same person
          </button>
        </div>
      </div>
      <table>
        <caption>Evidence for (+) and against (−), in bits</caption>
        <tbody>
          {[...card.why]
            .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits))
            .map((w) => (
              <tr key={w.comparison}>
                <td>{sentence(w.comparison)}</td>
                <td>{w.level}</td>
                <td class={`n ${w.bits >= 0 ? "good" : "bad"}`}>
                  {w.bits >= 0 ? "+" : "−"}
                  {decimal(Math.abs(w.bits), 1)}
                </td>
                <td style={{ width: "30%" }}>
                  <div class="bar" aria-hidden="true">
                    <i
                      style={{
                        width: `${(100 * Math.abs(w.bits)) / strongest}%`,
                        background: w.bits >= 0 ? "var(--good)" : "var(--bad)",
                      }}
                    />
                  </div>
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Card>
  );
}
