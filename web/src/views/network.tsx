import Graph from "graphology";
import Sigma from "sigma";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { type Form, get } from "../api";
import { count, relationship, several } from "../format";
import type { Wanted } from "../layout.worker";
import { Card, Head, PersonLink, personPath, Shown } from "../parts/basics";
import { colour } from "../parts/chart";
import { theme } from "../settings";
import { useLoad } from "../use";

/** Colors of the kinds of relationship to the owner. Each has a contrast of at least 3:1 on the light and dark theme. */
const FAMILIES: Record<string, string> = {
  FAMILY: "#d0561b",
  ROMANTIC: "#d63384",
  FRIEND: "#12876f",
  PROFESSIONAL: "#3b7ddd",
  ACQUAINTANCE: "#8a6bd8",
  SERVICE: "#7a8194",
};
const LISTED = 20;

export default function Network() {
  const network = useLoad("network", () => get("/api/network"));
  return (
    <>
      <Head title="Network" about="Who writes with whom. Thicker lines mean more messages." />
      <Shown of={network} height={640}>
        {(n) => (
          <div class="stack">
            <Picture network={n} />
            <Strongest network={n} />
          </div>
        )}
      </Shown>
    </>
  );
}

function Picture({ network }: { network: Form["NetworkNetwork"] }) {
  const place = useRef<HTMLDivElement>(null);
  const [, go] = useLocation();
  const [found, setFound] = useState("");
  const [cannot, setCannot] = useState("");
  const sigma = useRef<Sigma>();
  const shownTheme = theme.value;
  useEffect(() => {
    if (!place.current) return;
    const graph = build(network);
    let drawn: Sigma;
    try {
      drawn = new Sigma(graph, place.current, {
        labelColor: { color: colour("ink") },
        labelFont: "system-ui, sans-serif",
        labelRenderedSizeThreshold: 5,
        labelDensity: 0.6,
        defaultEdgeColor: colour("line"),
        minEdgeThickness: 0.6,
        hideEdgesOnMove: network.links.length > 2000,
        allowInvalidContainer: true,
        defaultDrawNodeHover: () => undefined,
      });
    } catch {
      setCannot(
        "Cannot draw the network: this browser does not support WebGL. The table below lists the strongest links.",
      );
      return;
    }
    sigma.current = drawn;
    const worker = new Worker(new URL("../layout.worker.ts", import.meta.url), { type: "module" });
    const ids = graph.nodes();
    worker.onmessage = ({ data }: MessageEvent<{ places: Float32Array; last: boolean }>) => {
      ids.forEach((id, i) => graph.mergeNodeAttributes(id, { x: data.places[2 * i], y: data.places[2 * i + 1] }));
      if (data.last) place.current?.setAttribute("data-settled", "true");
    };
    worker.postMessage({
      nodes: ids.map((id) => ({ id, x: graph.getNodeAttribute(id, "x"), y: graph.getNodeAttribute(id, "y") })),
      links: network.links,
    } satisfies Wanted);
    let around = new Set<string>();
    drawn.on("enterNode", ({ node }) => {
      around = new Set([node, ...graph.neighbors(node)]);
      drawn.refresh({ skipIndexation: true });
    });
    drawn.on("leaveNode", () => {
      around = new Set();
      drawn.refresh({ skipIndexation: true });
    });
    drawn.setSetting("nodeReducer", (node, data) =>
      around.size && !around.has(node) ? { ...data, color: colourOf.line, label: "" } : data,
    );
    drawn.setSetting("edgeReducer", (edge, data) =>
      around.size && !graph.extremities(edge).every((end) => around.has(end)) ? { ...data, hidden: true } : data,
    );
    const colourOf = { line: colour("line") };
    drawn.on("clickNode", ({ node }) => go(personPath(node)));
    return () => {
      worker.terminate();
      drawn.kill();
    };
  }, [network, shownTheme]);
  const seek = (name: string) => {
    setFound(name);
    const node = network.nodes.find((n) => n.name === name);
    const data = node && sigma.current?.getNodeDisplayData(node.id);
    if (data) void sigma.current?.getCamera().animate({ x: data.x, y: data.y, ratio: 0.25 }, { duration: 300 });
  };
  return (
    <Card>
      <div class="row between" style={{ marginBottom: "10px" }}>
        <span class="quiet">
          {several(network.nodes.length, "person", "people")}, {several(network.links.length, "link")}
          {network.omitted > 0 && `; ${several(network.omitted, "weaker link")} not shown`}
        </span>
        <label class="inline">
          Find a person
          <input list="network-people" value={found} onInput={(e) => seek(e.currentTarget.value)} />
          <datalist id="network-people">
            {network.nodes.slice(0, 500).map((n) => (
              <option key={n.id} value={n.name} />
            ))}
          </datalist>
        </label>
      </div>
      {cannot ? (
        <p role="status">{cannot}</p>
      ) : (
        <div
          class="network"
          ref={place}
          role="img"
          aria-label="Network of people. The table below lists the strongest links."
        />
      )}
      <ul class="chips" style={{ marginTop: "10px" }}>
        {Object.entries(FAMILIES)
          .filter(([family]) => network.nodes.some((n) => n.family === family))
          .map(([family, c]) => (
            <li key={family} class="row small">
              <svg width="12" height="12" aria-hidden="true">
                <circle cx="6" cy="6" r="6" fill={c} />
              </svg>
              {relationship(family)}
            </li>
          ))}
      </ul>
    </Card>
  );
}

function build(network: Form["NetworkNetwork"]): Graph {
  const graph = new Graph({ type: "undirected" });
  const most = Math.max(1, ...network.nodes.map((n) => n.sent));
  const other = colour("quiet");
  network.nodes.forEach((n, i) => {
    // Start on a spiral: nodes are spread evenly, and the layout is the same each time.
    const angle = i * 2.399963;
    graph.addNode(n.id, {
      x: Math.sqrt(i) * Math.cos(angle),
      y: Math.sqrt(i) * Math.sin(angle),
      size: 3 + 12 * Math.sqrt(n.sent / most),
      label: n.name,
      color: n.owner ? colour("accent") : (FAMILIES[n.family] ?? other),
    });
  });
  const strongest = Math.log1p(network.links[0]?.weight ?? 1);
  for (const link of network.links) {
    if (graph.hasNode(link.one) && graph.hasNode(link.other) && !graph.hasEdge(link.one, link.other)) {
      graph.addEdge(link.one, link.other, { size: 0.5 + (4 * Math.log1p(link.weight)) / strongest });
    }
  }
  return graph;
}

function Strongest({ network }: { network: Form["NetworkNetwork"] }) {
  const names = useMemo(() => new Map(network.nodes.map((n) => [n.id, n.name])), [network]);
  return (
    <Card title="Strongest links">
      <table>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Other person</th>
            <th scope="col" class="n">
              Messages
            </th>
          </tr>
        </thead>
        <tbody>
          {network.links.slice(0, LISTED).map((l) => (
            <tr key={l.one + l.other}>
              <td>
                <PersonLink id={l.one} name={names.get(l.one) ?? "Unnamed person"} />
              </td>
              <td>
                <PersonLink id={l.other} name={names.get(l.other) ?? "Unnamed person"} />
              </td>
              <td class="n">{count(Math.round(l.weight))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
