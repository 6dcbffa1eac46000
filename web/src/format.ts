const numbers = new Intl.NumberFormat("en");
const days = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export const count = (n: number) => numbers.format(n);
export const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`;
export const day = (at: string | null | undefined) => (at ? days.format(new Date(at)) : "");
export const moment = (at: string | null | undefined) => (at ? moments.format(new Date(at)) : "");
export const dollars = (amount: number) => `$${amount.toFixed(amount > 0 && amount < 1 ? 4 : 2)}`;

export function clock(seconds: number): string {
  const s = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  return s >= 3600
    ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
    : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129600) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86400).toFixed(1)} days`;
}

/** A name of the program's, such as lowerCaseStart, in words. */
export const words = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
export const sentence = (name: string) => {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** Months in a row, with those in between in which nothing was. */
export function eachMonth<T extends { month: string }>(some: T[], nothing: (month: string) => T): T[] {
  const all: T[] = [];
  for (const one of some) {
    for (let last = all.at(-1); last; last = all.at(-1)) {
      const [year, month] = last.month.split("-").map(Number) as [number, number];
      const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
      if (next >= one.month) break;
      all.push(nothing(next));
    }
    all.push(one);
  }
  return all;
}

export const several = (n: number, name: string) => `${count(n)} ${name}${n === 1 ? "" : "s"}`;
