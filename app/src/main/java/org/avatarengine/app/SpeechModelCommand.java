package org.avatarengine.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.avatarengine.speech.recording.SpeechModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a model for recordings: whisper (a file of whisper.cpp, or a folder of ONNX files) writes down what is",
            "said; speaker (an ONNX speaker encoder: WeSpeaker, CAM++, ECAPA, TitaNet) tells voices apart.",
            "The model is copied in, tried, and checked by its SHA-256 before each use."
        })
final class SpeechModelCommand extends AvatarCommand {
    @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    SpeechModels.Kind kind = SpeechModels.Kind.WHISPER;

    @Parameters(index = "1", paramLabel = "PATH", description = "The file or folder.")
    Path path = Path.of("");

    @Override
    public Integer call() throws IOException {
        SpeechModels.Added added = common.speechModels().add(kind, path);
        if (common.json) {
            Json.print(out(), added);
        } else {
            out().printf(
                            Locale.ROOT,
                            "Added %s, %,.1f MB. It is used from now on by: avatar import recording%n",
                            added.name(),
                            added.bytes() / 1e6);
        }
        return 0;
    }

    /** What was added, for the list of models. */
    static List<SpeechModels.Added> all(Common common) {
        try {
            return common.speechModels().all();
        } catch (IOException e) {
            throw new InputException("The models for recordings cannot be read: " + e.getMessage() + ".");
        }
    }
}
