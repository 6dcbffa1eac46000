package org.avatarengine.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.claude.ClaudeReplies;
import org.avatarengine.embedding.OnnxEncoder;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.Question;
import org.avatarengine.page.Talking;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.NearestReply;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.Turn;
import org.avatarengine.server.Refusal;
import org.avatarengine.slm.model.LocalReplies;
import org.jspecify.annotations.Nullable;

/** The avatars of a server: made ready when they are first spoken to, and again when there are new messages. */
final class Talks implements Talking {
    private final Common common;
    private final Graph graph;
    private final OnnxEncoder encoder;
    private final Models models;
    private final AvatarSetting setting;
    private final Map<Pair, Avatar> avatars = new HashMap<>();
    private final Map<String, ReplyModel> opened = new HashMap<>();
    private long messages = -1;

    Talks(Common common, Graph graph, OnnxEncoder encoder, Models models, AvatarSetting setting) {
        this.common = common;
        this.graph = graph;
        this.encoder = encoder;
        this.models = models;
        this.setting = setting;
    }

    @Override
    public List<String> models() {
        List<String> all = new ArrayList<>(List.of(setting.model(common), NearestReply.NAME));
        common.modelStore().all().forEach(card -> all.add(LocalReplies.PREFIX + card.name()));
        if (Common.apiKey().find().isPresent()) {
            all.add(ClaudeReplies.NAME);
        }
        return all.stream().distinct().toList();
    }

    /** Memory and models are made for one at a time. */
    @Override
    public synchronized Spoken answer(
            String person,
            String partner,
            @Nullable String model,
            List<Turn> turns,
            Progress ready,
            Consumer<String> heard)
            throws InterruptedException {
        String wanted = model == null ? setting.model(common) : model;
        if (!models().contains(wanted)) {
            throw Refusal.wrong("There is no model \"" + wanted + "\" here.");
        }
        try {
            Pair pair = Pair.find(graph, person, partner, "--as");
            AvatarSetting.requireConsent(graph, pair.person());
            return avatar(pair, ready).answer(turns, model(wanted), heard);
        } catch (InputException e) {
            throw Refusal.wrong(String.valueOf(e.getMessage()));
        }
    }

    private Avatar avatar(Pair pair, Progress ready) throws InterruptedException {
        long now = graph.read("MATCH (m:Message) RETURN count(m) AS n", Map.of())
                .getFirst()
                .number("n");
        if (now != messages) {
            avatars.clear();
            messages = now;
        }
        Avatar avatar = avatars.get(pair);
        if (avatar == null) {
            Question limits =
                    new Question("", pair.person().id(), pair.partner().id(), setting.everything, null, null);
            avatar = AvatarSetting.avatar(common, Display.of(ready), graph, encoder, pair, limits);
            avatars.put(pair, avatar);
        }
        return avatar;
    }

    private ReplyModel model(String name) {
        ReplyModel model = opened.get(name);
        if (model == null) {
            model = models.open(name);
            opened.put(name, model);
        }
        return model;
    }
}
