import { computed, signal } from "@preact/signals";
import { type Form, get, locked, stream } from "./api";
import { generation } from "./use";

/** All jobs, newest first, kept up to date by the server's events. */
export const jobs = signal<Form["JobStatus"][]>([]);

export const running = computed(() => jobs.value.filter((job) => job.state === "RUNNING" || job.state === "WAITING"));

function put(status: Form["JobStatus"]) {
  const before = jobs.value.find((job) => job.id === status.id);
  jobs.value = before ? jobs.value.map((job) => (job.id === status.id ? status : job)) : [status, ...jobs.value];
  const open = (job?: Form["JobStatus"]) => job?.state === "RUNNING" || job?.state === "WAITING";
  if (open(before) && !open(status)) generation.value++;
}

/** Follows the jobs while the page is open. If the connection fails, it reconnects after a growing pause. */
export async function follow() {
  let pause = 500;
  for (;;) {
    if (!locked.value) {
      try {
        jobs.value = await get("/api/jobs");
        await stream<Form["JobsChange"]>(
          "/api/events",
          undefined,
          (change) => put(change.job),
          new AbortController().signal,
        );
        pause = 500;
      } catch {
        pause = Math.min(10_000, pause * 2);
      }
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}
