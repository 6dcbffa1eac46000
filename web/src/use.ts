import { signal, type Signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import { problem, Refused } from "./api";

const UNREACHABLE = "Cannot reach the server. Check that avatar serve is running, then reload the page.";

/** Shows an error to the user. Ignores requests that the user stopped. */
export function tell(error: unknown) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  problem.value = error instanceof Refused ? error.message : UNREACHABLE;
}

/** Increases when the stored data has changed, so that views load again. */
export const generation = signal(0);

export interface Loaded<T> {
  data: T | undefined;
  failed: string | undefined;
  set: (data: T) => void;
}

/** Loads a view's data, and loads it again when its key or the stored data changes. Old data is shown until then. */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data?: T; failed?: string }>({ key: "" });
  const now = generation.value;
  useEffect(() => {
    let current = true;
    load().then(
      (data) => current && setState({ key, data }),
      (error) => {
        if (current) setState({ key, failed: error instanceof Refused ? error.message : UNREACHABLE });
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

/** A value that follows another after a pause, so that not every keystroke starts a search. */
export function useSettled<T>(value: T, millis = 150): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), millis);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export type { Signal };
