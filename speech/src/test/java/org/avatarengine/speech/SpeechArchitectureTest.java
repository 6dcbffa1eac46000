package org.avatarengine.speech;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.avatarengine.speech", importOptions = ImportOption.DoNotIncludeTests.class)
class SpeechArchitectureTest {
    /** Data flows from the file to the graph; diarization and transcription are independent of each other. */
    @ArchTest
    static final ArchRule SOUND_FLOWS_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("media")
            .definedBy("org.avatarengine.speech.media..")
            .layer("signal")
            .definedBy("org.avatarengine.speech.signal..")
            .layer("voice")
            .definedBy("org.avatarengine.speech.voice..")
            .layer("face")
            .definedBy("org.avatarengine.speech.face..")
            .whereLayer("face")
            .mayOnlyAccessLayers("media")
            .layer("diarization")
            .definedBy("org.avatarengine.speech.diarization..")
            .layer("transcription")
            .definedBy("org.avatarengine.speech.transcription..")
            .layer("recording")
            .definedBy("org.avatarengine.speech.recording..")
            .whereLayer("media")
            .mayNotAccessAnyLayer()
            .whereLayer("signal")
            .mayOnlyAccessLayers("media")
            .whereLayer("voice")
            .mayOnlyAccessLayers("media")
            .whereLayer("diarization")
            .mayOnlyAccessLayers("media", "signal", "voice")
            .whereLayer("transcription")
            .mayOnlyAccessLayers("media", "signal")
            .whereLayer("recording")
            .mayNotBeAccessedByAnyLayer();
}
