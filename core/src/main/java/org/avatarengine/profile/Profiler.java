package org.avatarengine.profile;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.Row;
import org.avatarengine.people.Person;
import org.avatarengine.profile.Profile.Counted;
import org.avatarengine.profile.Profile.Partner;
import org.jspecify.annotations.Nullable;

/** Computes profiles from the messages in the graph, one conversation at a time. */
public final class Profiler {
    private static final int SHOWN_PHRASES = 12;
    private static final int SHOWN_WORDS = 15;
    private static final int SHOWN_EMOJI = 10;

    /** A message after a longer silence opens a new conversation and answers nothing. */
    private static final Duration REPLY_WITHIN = Duration.ofHours(12);

    private static final String CONVERSATIONS = """
            MATCH (p:Person {id: $id})-[:MEMBER_OF]->(c:Conversation)
            RETURN c.id AS id, c.group AS group, COLLECT {
              MATCH (o:Person)-[:MEMBER_OF]->(c) WHERE o <> p
              RETURN [o.id, coalesce(o.name, CASE WHEN o.owner THEN 'Me' END,
                head(COLLECT { MATCH (o)-[:HAS_HANDLE]->(h) RETURN h.id ORDER BY h.id }), '(no name)')]
            } AS others""";

    private static final String MESSAGES = """
            MATCH (m:Message)-[:SENT_TO]->(:Conversation {id: $id})
            OPTIONAL MATCH (s:Person)-[:SENT]->(m)
            RETURN m.id AS id, m.text AS text, m.sentAt AS sentAt, s.id AS sender
            ORDER BY m.sentAt, m.row""";

    private static final String REACTIONS = """
            MATCH (:Person {id: $id})-[:SENT]->(x:Reaction)
            WHERE NOT x.removed
            RETURN coalesce(x.emoji, toLower(x.kind)) AS emoji, count(x) AS n ORDER BY n DESC, emoji LIMIT 10""";

    private final Graph graph;
    private final ZoneId zone;

    public Profiler(Graph graph, ZoneId zone) {
        this.graph = graph;
        this.zone = zone;
    }

    /** Profiles a person over all their conversations. */
    public Profile of(Person person) {
        return new Pass(person, null).run();
    }

    /** Profiles a person in the conversations with one partner alone. */
    public Profile of(Person person, Person audience) {
        return new Pass(person, audience).run();
    }

    private static final class PartnerCount {
        private final String name;
        private long sent;
        private long received;
        private long groups;
        private final List<Integer> replySeconds = new ArrayList<>();

        PartnerCount(String name) {
            this.name = name;
        }
    }

    private final class Pass {
        private final Person person;
        private final @Nullable Person audience;
        private final MessageStatistics statistics = new MessageStatistics(zone);
        private final PhraseFinder phrases = new PhraseFinder();
        private final Map<String, PartnerCount> partners = new LinkedHashMap<>();

        Pass(Person person, @Nullable Person audience) {
            this.person = person;
            this.audience = audience;
        }

        Profile run() {
            for (Row conversation : graph.read(CONVERSATIONS, Map.of("id", person.id()))) {
                conversation(conversation);
            }
            phrases.keepFrequent();
            graph.read(
                    "MATCH (m:Message) WHERE m.text IS NOT NULL RETURN m.text AS text",
                    Map.of(),
                    row -> phrases.addAny(Words.of(row.requireText("text"))));
            List<Counted> reactions = graph.read(REACTIONS, Map.of("id", person.id())).stream()
                    .map(row -> new Counted(row.requireText("emoji"), row.number("n")))
                    .toList();
            return new Profile(
                    person,
                    audience,
                    zone.getId(),
                    statistics.activity(),
                    partners(),
                    statistics.length(),
                    statistics.style(),
                    phrases.phrases(SHOWN_PHRASES),
                    phrases.words(SHOWN_WORDS).stream()
                            .map(p -> new Counted(p.text(), p.count()))
                            .toList(),
                    statistics.emoji(SHOWN_EMOJI),
                    reactions);
        }

        private void conversation(Row row) {
            boolean group = row.isTrue("group");
            List<List<String>> others = row.lists("others");
            boolean withAudience = audience == null
                    || (!group && others.stream().anyMatch(o -> o.getFirst().equals(audience.id())));
            if (!withAudience) {
                return;
            }
            PartnerCount direct = null;
            for (List<String> other : others) {
                PartnerCount partner =
                        partners.computeIfAbsent(other.getFirst(), k -> new PartnerCount(other.getLast()));
                if (group) {
                    partner.groups++;
                } else {
                    direct = partner;
                }
            }
            Sequence sequence = new Sequence(direct);
            graph.read(MESSAGES, Map.of("id", row.requireText("id")), sequence::add);
        }

        private List<Partner> partners() {
            return partners.entrySet().stream()
                    .map(entry -> partner(entry.getKey(), entry.getValue()))
                    .sorted(Comparator.comparingLong((Partner p) -> p.sent() + p.received())
                            .reversed()
                            .thenComparing(Partner::name))
                    .toList();
        }

        private static Partner partner(String id, PartnerCount count) {
            int[] seconds = count.replySeconds.stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            return new Partner(
                    id,
                    count.name,
                    count.sent,
                    count.received,
                    count.groups,
                    seconds.length == 0 ? null : MessageStatistics.quantile(seconds, 0.5),
                    seconds.length);
        }

        /** The messages of one conversation in the order of time. */
        private final class Sequence {
            private final @Nullable PartnerCount partner;
            private @Nullable Instant lastAt;
            private boolean lastOwn;

            Sequence(@Nullable PartnerCount partner) {
                this.partner = partner;
            }

            void add(Row row) {
                boolean own = person.id().equals(row.text("sender"));
                Instant at = row.time("sentAt");
                long since = at == null || lastAt == null
                        ? -1
                        : Duration.between(lastAt, at).getSeconds();
                if (partner != null) {
                    partner.sent += own ? 1 : 0;
                    partner.received += own ? 0 : 1;
                    if (own && !lastOwn && since >= 0 && since <= REPLY_WITHIN.getSeconds()) {
                        partner.replySeconds.add((int) since);
                    }
                }
                if (own) {
                    String text = row.text("text");
                    List<String> words = text == null ? List.of() : Words.of(text);
                    statistics.add(at, text, words, lastOwn ? since : -1);
                    phrases.addOwn(row.requireText("id"), words);
                }
                lastOwn = own;
                lastAt = at != null ? at : lastAt;
            }
        }
    }
}
