package org.avatarengine.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void jobsRunInOrderAndReportTheirStatus() throws Exception {
        List<Job.Status> told = Collections.synchronizedList(new ArrayList<>());
        try (Jobs jobs = new Jobs(Clock.systemUTC())) {
            jobs.listen(told::add);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            Job.Status first = jobs.start("A", "first", job -> {
                job.at("reading", 3, 12);
                job.line("read some");
                begun.countDown();
                return await(mayEnd) && done.add("first");
            });
            Job.Status second = jobs.start("B", "second", job -> done.add("second"));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(jobs.all()).extracting(Job.Status::title).containsExactly("second", "first");
            assertThat(jobs.all()).extracting(Job.Status::state).containsExactly(Job.State.WAITING, Job.State.RUNNING);
            Job.Status running = jobs.all().getLast();
            assertThat(running.stage()).isEqualTo("reading");
            assertThat(running.done()).isEqualTo(3);
            assertThat(running.total()).isEqualTo(12);
            assertThat(running.lines()).containsExactly("read some");
            mayEnd.countDown();
            ended(jobs, second.id());
            assertThat(done).containsExactly("first", "second");
            assertThat(told).extracting(Job.Status::id).contains(first.id(), second.id());
            assertThat(jobs.cancel(first.id())).as("the job has finished").isFalse();
        }
    }

    @Test
    void runningJobIsCancelledAndWaitingJobIsNotStarted() throws Exception {
        try (Jobs jobs = new Jobs(Clock.systemUTC())) {
            CountDownLatch begun = new CountDownLatch(1);
            Job.Status running = jobs.start("A", "running", job -> {
                begun.countDown();
                while (!job.cancelled()) {
                    Thread.onSpinWait();
                }
                return false;
            });
            Job.Status waiting = jobs.start("A", "waiting", job -> done.add("waiting"));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(jobs.cancel(waiting.id())).isTrue();
            assertThat(ended(jobs, waiting.id()).state()).isEqualTo(Job.State.CANCELLED);
            assertThat(jobs.cancel(running.id())).isTrue();
            assertThat(ended(jobs, running.id()).state()).isEqualTo(Job.State.CANCELLED);
        }
        assertThat(done).isEmpty();
    }

    @Test
    void failedJobIsReportedAndTheNextOneRuns() throws Exception {
        try (Jobs jobs = new Jobs(Clock.systemUTC())) {
            Job.Status refused = jobs.start("A", "refused", job -> false);
            Job.Status thrown = jobs.start("A", "thrown", job -> {
                throw new IllegalStateException("what a message said");
            });
            Job.Status next = jobs.start("A", "next", job -> true);
            assertThat(ended(jobs, next.id()).state()).isEqualTo(Job.State.DONE);
            assertThat(ended(jobs, refused.id()).state()).isEqualTo(Job.State.FAILED);
            assertThat(ended(jobs, thrown.id()).state()).isEqualTo(Job.State.FAILED);
            assertThat(ended(jobs, thrown.id()).lines())
                    .singleElement()
                    .asString()
                    .contains("Internal error", "avatar serve")
                    .doesNotContain("what a message said");
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Job.Status ended(Jobs jobs, long id) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            Job.Status status = jobs.all().stream()
                    .filter(job -> job.id() == id)
                    .findFirst()
                    .orElseThrow();
            if (!status.open()) {
                return status;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("job " + id + " does not finish");
    }
}
