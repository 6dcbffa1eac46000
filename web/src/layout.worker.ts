import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

/** Lays out a network with ForceAtlas2 (Jacomy et al. 2014), a few steps at a time, so that the page can show progress. */
export interface Wanted {
  nodes: { id: string; x: number; y: number }[];
  links: { one: string; other: string; weight: number }[];
}

const STEPS = 12;
const LONGEST_MILLIS = 6_000;

self.onmessage = (event: MessageEvent<Wanted>) => {
  const graph = new Graph({ type: "undirected" });
  const { nodes, links } = event.data;
  for (const node of nodes) graph.addNode(node.id, { x: node.x, y: node.y });
  for (const link of links) graph.mergeEdge(link.one, link.other, { weight: Math.log1p(link.weight) });
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: nodes.length > 300, adjustSizes: false };
  const rounds = nodes.length > 1500 ? 20 : 30;
  const began = performance.now();
  for (let round = 1; round <= rounds; round++) {
    forceAtlas2.assign(graph, { iterations: STEPS, settings });
    const places = new Float32Array(nodes.length * 2);
    nodes.forEach((node, i) => {
      places[2 * i] = graph.getNodeAttribute(node.id, "x");
      places[2 * i + 1] = graph.getNodeAttribute(node.id, "y");
    });
    const last = round === rounds || performance.now() - began > LONGEST_MILLIS;
    (self as unknown as Worker).postMessage({ places, last }, [places.buffer]);
    if (last) return;
  }
};
