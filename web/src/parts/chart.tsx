import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { useEffect, useRef } from "preact/hooks";
import { count } from "../format";
import { theme } from "../settings";

/** The computed value of a theme color; reading the custom property itself would return its formula. */
export function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** A chart. Apache ECharts is loaded with the first one; the height is fixed so that the page does not jump. */
export function Chart({ option, height, label }: { option: EChartsCoreOption; height: number; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>();
  const shownTheme = theme.value;
  useEffect(() => {
    let gone = false;
    const draw = async () => {
      const { drawIn } = await import("./echarts");
      if (gone || !place.current) return;
      chart.current ??= drawIn(place.current);
      chart.current.setOption(withTheme(option), true);
    };
    void draw();
    return () => {
      gone = true;
    };
  }, [option, shownTheme]);
  useEffect(() => {
    const watcher = new ResizeObserver(() => chart.current?.resize());
    if (place.current) watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      chart.current?.dispose();
    };
  }, []);
  return <div ref={place} class="chart" style={{ height: `${height}px` }} role="img" aria-label={label} />;
}

function withTheme(option: EChartsCoreOption): EChartsCoreOption {
  const quiet = colour("quiet");
  const axis = (given: unknown, label: object = {}) => ({
    axisLine: { lineStyle: { color: colour("line") } },
    splitLine: { lineStyle: { color: colour("line") } },
    axisLabel: { color: quiet, ...label },
    ...(given as object),
  });
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 300,
    color: [colour("accent"), colour("good"), colour("bad"), quiet],
    textStyle: { color: colour("ink"), fontFamily: "system-ui, sans-serif" },
    grid: { left: 8, right: 12, top: 30, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: { color: quiet }, icon: "roundRect", itemWidth: 12, itemHeight: 8 },
    ...option,
    // Rich text is drawn on the canvas. HTML tooltips would let a message inject markup into the page.
    tooltip: {
      renderMode: "richText",
      trigger: "axis",
      valueFormatter: (value: unknown) => (typeof value === "number" ? count(value) : String(value)),
      backgroundColor: colour("card"),
      borderColor: colour("line"),
      textStyle: { color: colour("ink") },
      ...(option as { tooltip?: object }).tooltip,
    },
    xAxis: axis((option as { xAxis?: unknown }).xAxis),
    yAxis: axis((option as { yAxis?: unknown }).yAxis, { formatter: count }),
  };
}
