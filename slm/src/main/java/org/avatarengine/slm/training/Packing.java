package org.avatarengine.slm.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.avatarengine.slm.decoder.Batch;
import org.avatarengine.slm.tokenizer.Document;

/** Packs documents into rows of one length, as full as possible, and rows into batches. */
final class Packing {
    /** The number of incomplete rows that are searched for a place. */
    private static final int OPEN = 64;

    private final List<Document> documents;
    private final int length;
    private final int rows;

    /**
     * @param documents the documents, none longer than a row
     * @param length the length of a row, in tokens
     * @param rows the number of rows in a batch
     */
    Packing(List<Document> documents, int length, int rows) {
        this.documents = documents;
        this.length = length;
        this.rows = rows;
    }

    /** All documents once, in a random order that depends on the seed. */
    List<Batch> shuffled(long seed) {
        List<Document> order = new ArrayList<>(documents);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Document other = order.get(i);
            order.set(i, order.get(j));
            order.set(j, other);
        }
        List<List<Document>> packed = pack(order);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < packed.size(); i += rows) {
            batches.add(batch(packed.subList(i, Math.min(packed.size(), i + rows))));
        }
        return batches;
    }

    private List<List<Document>> pack(List<Document> order) {
        List<List<Document>> done = new ArrayList<>();
        List<List<Document>> open = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (Document document : order) {
            int best = -1;
            for (int i = 0; i < open.size(); i++) {
                boolean fits = free.get(i) >= document.ids().length;
                if (fits && (best < 0 || free.get(i) < free.get(best))) {
                    best = i;
                }
            }
            if (best < 0) {
                if (open.size() == OPEN) {
                    int fullest = 0;
                    for (int i = 1; i < OPEN; i++) {
                        fullest = free.get(i) < free.get(fullest) ? i : fullest;
                    }
                    done.add(open.remove(fullest));
                    free.remove(fullest);
                }
                best = open.size();
                open.add(new ArrayList<>());
                free.add(length);
            }
            open.get(best).add(document);
            free.set(best, free.get(best) - document.ids().length);
        }
        done.addAll(open);
        return done;
    }

    /** A batch with one document per row. */
    static Batch oneEach(List<Document> documents, int length) {
        return new Packing(documents, length, documents.size())
                .batch(documents.stream().map(List::of).toList());
    }

    private Batch batch(List<List<Document>> packed) {
        int n = packed.size() * length;
        long[] ids = new long[n];
        long[] texts = new long[n];
        long[] positions = new long[n];
        long[] places = new long[n];
        long[] targets = new long[n];
        int found = 0;
        for (int row = 0; row < packed.size(); row++) {
            int at = row * length;
            int number = 0;
            for (Document document : packed.get(row)) {
                for (int i = 0; i < document.ids().length; i++, at++) {
                    ids[at] = document.ids()[i];
                    texts[at] = number;
                    positions[at] = i;
                    if (i + 1 < document.ids().length && document.learnt()[i + 1]) {
                        places[found] = at;
                        targets[found++] = document.ids()[i + 1];
                    }
                }
                number++;
            }
            for (int i = 0; at < (row + 1) * length; at++, i++) {
                texts[at] = number;
                positions[at] = i;
            }
        }
        return new Batch(
                packed.size(),
                length,
                ids,
                texts,
                positions,
                Arrays.copyOf(places, found),
                Arrays.copyOf(targets, found));
    }
}
