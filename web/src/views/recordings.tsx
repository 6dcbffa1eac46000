import { Link } from "wouter-preact";
import { get } from "../api";
import { count, duration, moment } from "../format";
import { Card, Head, recordingPath, Shown } from "../parts/basics";
import { useLoad } from "../use";

export default function Recordings() {
  const list = useLoad("recordings", () => get("/api/recordings"));
  return (
    <>
      <Head title="Recordings">
        <Link class="button" href="/p/jobs?new=recording">
          Import a recording
        </Link>
      </Head>
      <Shown of={list}>
        {(all) => (
          <Card>
            {all.length === 0 ? (
              <p>No recordings yet.</p>
            ) : (
              <div class="scroll" tabIndex={0} role="region" aria-label="Recordings">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Title</th>
                      <th scope="col">Recorded</th>
                      <th scope="col" class="n">
                        Length
                      </th>
                      <th scope="col" class="n">
                        Speakers
                      </th>
                      <th scope="col" class="n">
                        Words
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {all.map((r) => (
                      <tr key={r.id}>
                        <td>
                          <Link href={recordingPath(r.id)}>{r.title}</Link>
                        </td>
                        <td>{moment(r.startedAt)}</td>
                        <td class="n">{duration(r.seconds)}</td>
                        <td class="n">{count(r.speakers)}</td>
                        <td class="n">{count(r.words)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Card>
        )}
      </Shown>
    </>
  );
}
