// Numbers, dates, durations, amounts and the program's own names, as the reader's locale writes them.

const numbers = new Intl.NumberFormat();
const days = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
// The server sends calendar days and months without a time zone. Read as UTC, they stay the day that was sent.
const calendarDays = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" });
const weekdays = new Intl.DateTimeFormat(undefined, { weekday: "short", timeZone: "UTC" });
const hours = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });

export const count = (n: number) => numbers.format(n);

/** A number with a fixed number of decimals. */
export const decimal = (n: number, digits: number) =>
  n.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A share from 0 to 1, such as "42 %"; shares below 10 % get one decimal. */
export const percent = (share: number, digits = share > 0 && share < 0.1 ? 1 : 0) =>
  `${decimal(100 * share, digits)}\u00a0%`;

/** A probability with one decimal. Rounding must not turn a likely finding into a certain one. */
export function probability(p: number): string {
  if (p < 1 && p >= 0.9995) return `more than ${percent(0.999, 1)}`;
  if (p > 0 && p < 0.0005) return `less than ${percent(0.001, 1)}`;
  return percent(p, 1);
}

export const day = (at: string | null | undefined) => (at ? days.format(new Date(at)) : "");
export const moment = (at: string | null | undefined) => (at ? moments.format(new Date(at)) : "");

/** A calendar day, sent as "2024-05-01". */
export const calendarDay = (date: string) => calendarDays.format(new Date(`${date}T00:00Z`));

/** A month, sent as "2024-05". */
export const month = (name: string) => months.format(new Date(`${name}-01T00:00Z`));

/** A year, a month or a day, sent as "2024", "2024-05" or "2024-05-01". */
export const partialDate = (date: string) =>
  date.length === 4 ? date : date.length === 7 ? month(date) : calendarDay(date);

/** A day of the week, from 0 (Monday) to 6. */
export const weekday = (n: number) => weekdays.format(new Date(Date.UTC(2024, 0, 1 + n)));

/** An hour of the day, from 0 to 23. */
export const hour = (n: number) => hours.format(new Date(Date.UTC(2024, 0, 1, n)));

/** An amount in US dollars; amounts below one dollar get four decimals, since single requests cost little. */
export const dollars = (amount: number) =>
  amount.toLocaleString(undefined, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: amount > 0 && amount < 1 ? 4 : 2,
    maximumFractionDigits: amount > 0 && amount < 1 ? 4 : 2,
  });

/** A position in a recording, such as "1:02:03". */
export function clock(seconds: number): string {
  const s = Math.floor(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  return s >= 3600
    ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
    : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

/** A length of time in its two largest units, such as "3 min 20 s". */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return "under 1 s";
  const whole = (unit: number) => Math.round(seconds / unit) * unit;
  const pair = (s: number, large: number, name: string, small: number, smallName: string) => {
    const rest = Math.floor((s % large) / small);
    return `${count(Math.floor(s / large))} ${name}${rest > 0 ? ` ${rest} ${smallName}` : ""}`;
  };
  if (whole(1) < 60) return `${whole(1)} s`;
  if (whole(1) < 3600) return pair(whole(1), 60, "min", 1, "s");
  if (whole(60) < 86400) return pair(whole(60), 3600, "h", 60, "min");
  const long = whole(3600);
  return pair(long, 86400, long < 2 * 86400 ? "day" : "days", 3600, "h");
}

/** A number with its noun, such as "1 message" or "2 people". */
export const several = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** An identifier, such as lowerCaseStart or SHORT_FORM, in words. */
export const words = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
export const sentence = (name: string) => {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const RELATIONSHIPS: Record<string, string> = {
  FAMILY: "Family",
  ROMANTIC: "Romantic partners",
  FRIEND: "Friends",
  PROFESSIONAL: "Work",
  ACQUAINTANCE: "Acquaintances",
  SERVICE: "Services",
};

/** A kind of relationship. */
export const relationship = (family: string) => RELATIONSHIPS[family] ?? sentence(family);

const HABITS: Record<string, string> = {
  lowerCaseStart: "Starts in lower case",
  finalPeriod: "Ends with a period",
  questions: "Asks a question",
  exclamations: "Uses exclamation marks",
  ellipses: "Uses ellipses (…)",
  allCaps: "Is in capital letters",
  stretched: "Stretches words (soooo)",
  emoji: "Uses emoji",
  emoticons: "Uses emoticons such as :)",
  links: "Contains a link",
  abbreviations: "Uses abbreviations",
  slang: "Uses slang",
  profanity: "Uses profanity",
};

/** A habit of writing, as something that a message does. */
export const habit = (name: string) => HABITS[name] ?? sentence(name);

/** A model as people know it: claude-sonnet-5-5 is Claude Sonnet 5.5. */
export function modelName(id: string): string {
  if (id === "nearest") return "Closest past reply";
  if (id.startsWith("local:")) return `${id.slice("local:".length)} (on this computer)`;
  const name = id.replace(/^claude:/, "");
  if (!name.startsWith("claude")) return id;
  return name
    .split("-")
    .filter((part) => part !== "latest" && !/^\d{8}$/.test(part))
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(" ")
    .replace(/(\d) (?=\d)/g, "$1.");
}

/** What a request to Claude is for: enrich.personality is "Enrichment: personality". */
export const operation = (name: string) => {
  const [what = "", ...parts] = name.split(".");
  const title = what === "enrich" ? "Enrichment" : sentence(what);
  return parts.length ? `${title}: ${words(parts.join(" "))}` : title;
};

/** Fills the gaps in a list of months. */
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
