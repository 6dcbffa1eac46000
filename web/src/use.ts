import { signal, type Signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { problem, Refused } from "./api";

/** Shows what went wrong, whatever it was. */
export function tell(error: unknown) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  problem.value = error instanceof Refused ? error.message : "The server does not answer. Is avatar serve running?";
}

/** Goes up when the data behind the views has changed. */
export const generation = signal(0);

export interface Loaded<T> {
  data: T | undefined;
  failed: string | undefined;
  set: (data: T) => void;
}

/** Loads what a view shows, again when its key or the data behind it changes; what was there stays until the new is. */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data?: T; failed?: string }>({ key: "" });
  const now = generation.value;
  useEffect(() => {
    let current = true;
    load().then(
      (data) => current && setState({ key, data }),
      (error) => {
        if (current)
          setState({ key, failed: error instanceof Refused ? error.message : "The server does not answer." });
      },
    );
    return () => {
      current = false;
    };
  }, [key, now]);
  return useMemo(
    () => ({ data: state.data, failed: state.failed, set: (data: T) => setState({ key, data }) }),
    [state, key],
  );
}

/** A value that follows another after a pause, for searching while somebody types. */
export function useSettled<T>(value: T, millis = 150): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), millis);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export type { Signal };
