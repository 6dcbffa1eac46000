package org.avatarengine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Rules between packages. Maven already enforces the order of the modules. */
@AnalyzeClasses(
        packages = "org.avatarengine",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** A full build takes the test classes of other modules from jars. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] BELOW_THE_APP = {
        "org.avatarengine.failure..",
        "org.avatarengine.progress..",
        "org.avatarengine.text..",
        "org.avatarengine.vectors..",
        "org.avatarengine.files..",
        "org.avatarengine.vault..",
        "org.avatarengine.audit..",
        "org.avatarengine.reliability..",
        "org.avatarengine.config..",
        "org.avatarengine.redaction..",
        "org.avatarengine.demo..",
        "org.avatarengine.event..",
        "org.avatarengine.identity..",
        "org.avatarengine.anonymize..",
        "org.avatarengine.source..",
        "org.avatarengine.graph..",
        "org.avatarengine.ingest..",
        "org.avatarengine.passage..",
        "org.avatarengine.people..",
        "org.avatarengine.linkage..",
        "org.avatarengine.validation..",
        "org.avatarengine.analysis..",
        "org.avatarengine.language..",
        "org.avatarengine.emotion..",
        "org.avatarengine.relationship..",
        "org.avatarengine.nickname..",
        "org.avatarengine.trigger..",
        "org.avatarengine.topic..",
        "org.avatarengine.rhythm..",
        "org.avatarengine.exclusion..",
        "org.avatarengine.memory..",
        "org.avatarengine.persona..",
        "org.avatarengine.chat..",
        "org.avatarengine.reply..",
        "org.avatarengine.faithfulness..",
        "org.avatarengine.dataset.."
    };

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("org.avatarengine.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NEO4J_STAYS_IN_GRAPH = noClasses()
            .that()
            .resideOutsideOfPackage("org.avatarengine.graph..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.neo4j..");

    /** Whole-file writes, permissions and free space have one owner. The client has nothing on its class path. */
    @ArchTest
    static final ArchRule FILES_HAVE_ONE_OWNER = noClasses()
            .that()
            .resideOutsideOfPackages("org.avatarengine.files..", "org.avatarengine.client..")
            .should()
            .accessField(StandardCopyOption.class, "ATOMIC_MOVE")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(PosixFilePermissions.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(PosixFilePermission.class)
            .orShould()
            .callMethod(Files.class, "setPosixFilePermissions", Path.class, Set.class)
            .orShould()
            .callMethod(FileStore.class, "getUsableSpace");

    @ArchTest
    static final ArchRule NO_SCREEN_AND_NO_HTTP_BELOW_THE_APP = noClasses()
            .that()
            .resideInAnyPackage(BELOW_THE_APP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "picocli..", "java.net.http..", "com.sun.net.httpserver..", "javax.swing..", "java.awt..")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = classes()
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");

    @ArchTest
    static final ArchRule NOTHING_BELOW_KNOWS_THE_APP = noClasses()
            .that()
            .resideOutsideOfPackage("org.avatarengine.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.avatarengine.app..");

    /** Commands do not use the program's entry point. A command that runs other commands uses its ExecutionContext. */
    @ArchTest
    static final ArchRule COMMANDS_DO_NOT_KNOW_HOW_THEY_ARE_STARTED = noClasses()
            .that()
            .resideOutsideOfPackage("org.avatarengine.app.command..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.avatarengine.app.command..");

    @ArchTest
    static final ArchRule THE_SERVER_KNOWS_NO_VIEW = noClasses()
            .that()
            .resideInAnyPackage("org.avatarengine.server..", "org.avatarengine.job..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.avatarengine.page..");

    @ArchTest
    static final ArchRule JOBS_KNOW_NO_SERVER = noClasses()
            .that()
            .resideInAPackage("org.avatarengine.job..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.avatarengine.server..");
}
