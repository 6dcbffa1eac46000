package org.avatarengine.app;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.avatarengine.analysis.Portrait;
import org.avatarengine.chat.Avatar;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.faithfulness.Evaluation;
import org.avatarengine.faithfulness.Interval;
import org.avatarengine.faithfulness.Scorecard;
import org.avatarengine.faithfulness.StyleDistance;
import org.avatarengine.graph.Graph;
import org.avatarengine.language.Share;
import org.avatarengine.memory.Memory;
import org.avatarengine.memory.Question;
import org.avatarengine.people.People;
import org.avatarengine.people.Person;
import org.avatarengine.reply.Dialogue;
import org.avatarengine.reply.NearestReply;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.StyleControl;
import org.avatarengine.slm.model.LocalReplies;
import org.avatarengine.slm.model.ModelStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how faithful a person's avatar is: it answers what the person answered in their latest sessions,",
            "of which it knows nothing, and is compared with them and with simpler writers. Without --model nothing",
            "leaves the machine."
        })
final class EvaluateCommand extends GraphCommand {
    @Parameters(paramLabel = "NAME", description = "Whose avatar: a name or part of one, or \"me\".")
    String name = "";

    @Option(names = "--as", paramLabel = "PARTNER", description = "Only replies to them (default: to anybody).")
    @Nullable
    String partner;

    @Option(
            names = "--replies",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many replies are held out at most (default: ${DEFAULT-VALUE}; never over a fifth).")
    int most;

    @Mixin
    AvatarSetting setting = new AvatarSetting();

    @Override
    int run(Graph graph) throws InterruptedException {
        People people = new People(graph);
        Person person = people.find(name);
        String only = partner == null ? "" : people.find(partner).id();
        if (most < Evaluation.LEAST) {
            throw new InputException("--replies must be at least " + Evaluation.LEAST + ".");
        }
        AvatarSetting.requireConsent(graph, person);
        Display progress = common.display(err());
        try (OnnxEncoder encoder = Memories.encoder();
                Models models = new Models(common, graph, err(), setting.budget)) {
            Memories.fill(common, graph, encoder, common.display(err()));
            Map<String, Instant> unlearnt = unlearnt();
            Evaluation evaluation = new Evaluation(graph, encoder, person.id(), only, most, unlearnt);
            if (evaluation.size() < Evaluation.LEAST) {
                throw new InputException("There is too little to measure by: a fifth of " + person.name()
                        + "'s replies in conversations of two is " + evaluation.size() + ", and at least "
                        + Evaluation.LEAST + " are needed.");
            }
            List<ReplyModel> writers = new ArrayList<>(List.of(new NearestReply()));
            if (setting.model != null && !setting.model.equals(NearestReply.NAME)) {
                writers.add(models.open(setting.model));
                String shared = LocalReplies.PREFIX + ModelStore.SHARED;
                if (unlearnt != null
                        && !setting.model.equals(shared)
                        && common.modelStore().has(ModelStore.SHARED)) {
                    writers.add(models.open(shared));
                }
            }
            Portrait portrait = Portraits.of(
                            common,
                            graph,
                            common.dataFolder(),
                            ZoneId.systemDefault(),
                            Set.of(person.id()),
                            progress,
                            evaluation.cutoff())
                    .portraits()
                    .getFirst();
            Scorecard card;
            try (Interruption interruption = common.interruption()) {
                card = evaluation.run(
                        new Talks(graph, encoder, portrait, evaluation, people),
                        writers,
                        new Memory(graph, encoder, Clock.systemDefaultZone()),
                        progress,
                        interruption::wanted);
            } finally {
                progress.done();
            }
            if (common.json) {
                Json.print(out(), card);
            } else {
                print(person, card);
            }
        }
        return 0;
    }

    /** Since when the models that are measured have learnt nothing; null when none learns from messages. */
    private @Nullable Map<String, Instant> unlearnt() {
        return setting.model != null && setting.model.startsWith(LocalReplies.PREFIX)
                ? common.modelStore()
                        .card(setting.model.substring(LocalReplies.PREFIX.length()))
                        .until()
                : null;
    }

    /** An avatar for each partner, made when it is needed. */
    private final class Talks implements Evaluation.Avatars {
        private final Graph graph;
        private final OnnxEncoder encoder;
        private final Portrait portrait;
        private final Evaluation evaluation;
        private final People people;
        private final Map<String, Avatar> avatars = new HashMap<>();

        Talks(Graph graph, OnnxEncoder encoder, Portrait portrait, Evaluation evaluation, People people) {
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
                            new Question(
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
                        Locale.ROOT,
                        "%s: %d real replies since %s, which no writer knew.%n%n",
                        person.name(),
                        card.replies(),
                        PeopleCommand.day(card.cutoff()));
        Table table = new Table(
                "Written by",
                ">Replies",
                ">Style distance",
                ">Taken for theirs",
                ">Five together",
                ">chrF",
                ">Meaning");
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
        Table parts =
                new Table("Style distance in", ">Function words", ">Letters", ">Length", ">Punctuation", ">Emoji");
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
        out().printf(
                        Locale.ROOT,
                        "Brackets hold 95%% intervals. Style distance: 0 is the same manner, 1 nothing in common. \"Taken for"
                                + " theirs\": who wrote it is guessed among %d people.%n",
                        card.authors());
        StyleDistance.Distances own = card.style();
        if (own != null) {
            out().printf(
                            Locale.ROOT,
                            "%s's own earlier messages lie at a style distance of %.2f from these replies.%n",
                            person.name(),
                            own.all());
        }
        Share memory = card.memory();
        if (memory != null) {
            out().printf(
                            Locale.ROOT,
                            "Memory: %s of what they said is among the first 5 exchanges, asked for by 3 of its words.%n",
                            share(memory));
        }
        card.notes().forEach(note -> out().println(note));
        out().flush();
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String interval(@Nullable Interval interval) {
        return interval == null
                ? "–"
                : String.format(Locale.ROOT, "%.2f [%.2f–%.2f]", interval.value(), interval.low(), interval.high());
    }

    private static String share(Share share) {
        return share.of() == 0
                ? "–"
                : String.format(
                        Locale.ROOT, "%.0f%% [%.0f–%.0f]", 100 * share.value(), 100 * share.low(), 100 * share.high());
    }
}
