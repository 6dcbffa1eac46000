package org.avatarengine.app.talk;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.app.people.Portraits;
import org.avatarengine.app.print.Dates;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.print.Table;
import org.avatarengine.app.services.GraphCommand;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Interruption;
import org.avatarengine.chat.Avatar;
import org.avatarengine.faithfulness.Evaluation;
import org.avatarengine.faithfulness.Interval;
import org.avatarengine.faithfulness.Scorecard;
import org.avatarengine.faithfulness.StyleDistance;
import org.avatarengine.graph.Graph;
import org.avatarengine.language.Share;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.NearestReply;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.StyleControl;
import org.avatarengine.slm.model.LocalReplies;
import org.avatarengine.slm.model.ModelStore;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@JsonOutput(Scorecard.class)
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Tests an avatar on recent replies that it has not seen.",
            "It compares the avatar's replies with the person's real replies and with simple baselines.",
            "Without --model, nothing leaves this computer."
        })
public final class EvaluateCommand extends GraphCommand {
    @Parameters(
            paramLabel = "NAME",
            description = "The person whose avatar is tested: a name or part of it, or \"me\" for yourself.")
    String name = "";

    @Option(
            names = "--as",
            paramLabel = "PARTNER",
            description = "Test only replies to this person. Default: replies to anybody.")
    @Nullable
    String partner;

    @Option(
            names = "--replies",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Test on at most N replies, and never on more than a fifth of all. Default: ${DEFAULT-VALUE}.")
    int most;

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    @Override
    protected int run(Graph graph) throws InterruptedException {
        People people = new People(graph);
        Person person = people.find(name);
        String only = partner == null ? "" : people.find(partner).id();
        if (most < Evaluation.LEAST) {
            throw new InputException("--replies must be at least " + Evaluation.LEAST + ".");
        }
        AvatarSetting.requireConsent(graph, person);
        Display progress = services().display(err());
        try (SentenceEncoder encoder = Memories.encoder(context);
                Models models = new Models(services(), graph, err(), setting.budget)) {
            Memories.fill(services(), graph, encoder, services().display(err()));
            Map<String, Instant> unlearnt = unlearnt();
            Evaluation evaluation = new Evaluation(graph, encoder, person.id(), only, most, unlearnt);
            if (evaluation.size() < Evaluation.LEAST) {
                throw new InputException("Not enough replies to test an avatar of " + person.name() + " ("
                        + evaluation.size() + "; " + Evaluation.LEAST + " needed). A fifth of the replies in one-to-one"
                        + " conversations is used. Import more messages and run the command again.");
            }
            List<ReplyModel> writers = new ArrayList<>(List.of(new NearestReply()));
            if (setting.model != null && !setting.model.equals(NearestReply.NAME)) {
                writers.add(models.open(setting.model));
                String shared = LocalReplies.PREFIX + ModelStore.SHARED;
                if (unlearnt != null
                        && !setting.model.equals(shared)
                        && services().modelStore().has(ModelStore.SHARED)) {
                    writers.add(models.open(shared));
                }
            }
            Portrait portrait = Portraits.of(
                            services(),
                            graph,
                            services().data().path(),
                            ZoneId.systemDefault(),
                            Set.of(person.id()),
                            progress,
                            evaluation.cutoff())
                    .portraits()
                    .getFirst();
            Scorecard card;
            try (Interruption interruption = services().interruption()) {
                card = evaluation.run(
                        new AvatarPool(graph, encoder, portrait, evaluation, people),
                        writers,
                        new Memory(graph, encoder, Clock.systemDefaultZone()),
                        progress,
                        interruption::wanted);
            } finally {
                progress.done();
            }
            if (options.json) {
                Json.print(out(), card);
            } else {
                print(person, card);
            }
        }
        return 0;
    }

    /** The time up to which the tested models have seen messages; null when no model learns from messages. */
    private @Nullable Map<String, Instant> unlearnt() {
        return setting.model != null && setting.model.startsWith(LocalReplies.PREFIX)
                ? services()
                        .modelStore()
                        .card(setting.model.substring(LocalReplies.PREFIX.length()))
                        .until()
                : null;
    }

    /** Makes an avatar for each partner when it is first needed. */
    private final class AvatarPool implements Evaluation.Avatars {
        private final Graph graph;
        private final SentenceEncoder encoder;
        private final Portrait portrait;
        private final Evaluation evaluation;
        private final People people;
        private final Map<String, Avatar> avatars = new HashMap<>();

        AvatarPool(Graph graph, SentenceEncoder encoder, Portrait portrait, Evaluation evaluation, People people) {
            this.graph = graph;
            this.encoder = encoder;
            this.portrait = portrait;
            this.evaluation = evaluation;
            this.people = people;
        }

        private Avatar avatar(String partner) {
            return avatars.computeIfAbsent(
                    partner,
                    id -> new Avatar(
                            graph,
                            encoder,
                            Clock.systemDefaultZone(),
                            portrait,
                            people.find(id),
                            new RecallQuery(
                                    "", portrait.person().id(), id, setting.everything, null, evaluation.cutoff())));
        }

        @Override
        public String answer(String partner, Dialogue asked, ReplyModel model) throws InterruptedException {
            return avatar(partner).answer(asked.turns(), model, piece -> {}).text();
        }

        @Override
        public StyleControl style(String partner) {
            return avatar(partner).style();
        }
    }

    private void print(Person person, Scorecard card) {
        out().printf(
                        ReaderLocale.get(),
                        "%s: tested on %d real replies since %s that no writer has seen.%n%n",
                        person.name(),
                        card.replies(),
                        Dates.day(card.cutoff()));
        Table table = new Table(
                "Writer", ">Replies", ">Style distance", ">Attributed", ">Attributed, by 5", ">chrF", ">Similarity");
        for (Scorecard.Row row : card.rows()) {
            table.row(
                    row.writer(),
                    row.answered(),
                    interval(row.distance()),
                    share(row.author()),
                    share(row.authorOfFive()),
                    interval(row.chrF()),
                    interval(row.meaning()));
        }
        table.print(out());
        Table parts = new Table("Style distance", ">Function words", ">Letters", ">Length", ">Punctuation", ">Emoji");
        for (Scorecard.Row row : card.rows()) {
            StyleDistance.Distances d = row.parts();
            if (d != null) {
                parts.row(
                        row.writer(),
                        two(d.functionWords()),
                        two(d.trigrams()),
                        two(d.length()),
                        two(d.punctuation()),
                        two(d.emoji()));
            }
        }
        out().println();
        parts.print(out());
        out().println();
        out().printf(ReaderLocale.get(), """
                        Ranges in brackets are 95%% confidence intervals.
                        Style distance: 0 is the same style, 1 a completely different one.
                        Attributed: how often a classifier that knows %d people takes %s for the writer; from one
                        reply, and from five together.
                        chrF: how much of the real reply's wording matches. Similarity: how close the meaning is.
                        """, card.authors(), person.name());
        StyleDistance.Distances own = card.style();
        if (own != null) {
            out().printf(
                            ReaderLocale.get(),
                            "%s's own earlier messages have a style distance of %.2f to these replies.%n",
                            person.name(),
                            own.all());
        }
        Share memory = card.memory();
        if (memory != null) {
            out().printf(
                            ReaderLocale.get(),
                            "Memory: a question with 3 words of a message finds that message among the first 5"
                                    + " passages in"
                                    + " %s of cases.%n",
                            share(memory));
        }
        card.notes().forEach(note -> out().println(note));
        out().flush();
    }

    private static String two(double value) {
        return String.format(ReaderLocale.get(), "%.2f", value);
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null
                ? "–"
                : String.format(
                        ReaderLocale.get(), "%.2f [%.2f–%.2f]", interval.value(), interval.low(), interval.high());
    }

    private static String share(Share share) {
        return share.of() == 0
                ? "–"
                : String.format(
                        ReaderLocale.get(),
                        "%.0f%% [%.0f–%.0f]",
                        100 * share.value(),
                        100 * share.low(),
                        100 * share.high());
    }
}
