package org.avatarengine.app.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.avatarengine.app.print.Json;
import org.avatarengine.app.print.JsonOutput;
import org.avatarengine.app.print.Quantities;
import org.avatarengine.app.print.ReaderLocale;
import org.avatarengine.app.services.AvatarCommand;
import org.avatarengine.app.services.DataUse;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Services;
import org.avatarengine.speech.recording.SpeechModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@JsonOutput(SpeechModels.Added.class)
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a model that transcribes recordings or tells speakers apart.",
            "A whisper model transcribes speech. It is a whisper.cpp file or a folder of ONNX files.",
            "A speaker model tells voices apart. It is an ONNX speaker encoder: WeSpeaker, CAM++, ECAPA or TitaNet.",
            "The model is copied and tested, and its SHA-256 checksum is verified before each use."
        })
public final class SpeechModelCommand extends AvatarCommand {
    @Override
    public DataUse dataUse(String name) {
        return DataUse.STORES;
    }

    @Parameters(index = "0", paramLabel = "KIND", description = "The kind of model: whisper or speaker.")
    SpeechModels.Kind kind = SpeechModels.Kind.WHISPER;

    @Parameters(index = "1", paramLabel = "PATH", description = "The file or folder of the model.")
    Path path = Path.of("");

    @Override
    public Integer call() throws IOException {
        SpeechModels.Added added = services().speechModels().add(kind, path);
        if (options.json) {
            Json.print(out(), added);
        } else {
            out().printf(
                            ReaderLocale.get(),
                            "Added %s (%s). `avatar import recording` uses it from now on.%n",
                            added.name(),
                            Quantities.size(added.bytes()));
        }
        return 0;
    }

    /** All added models. */
    static List<SpeechModels.Added> all(Services services) {
        try {
            return services.speechModels().all();
        } catch (IOException e) {
            throw new InputException("Cannot read the speech models: " + e.getMessage() + ".");
        }
    }
}
