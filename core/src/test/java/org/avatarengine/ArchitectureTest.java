package org.avatarengine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.avatarengine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Data flows one way; a package may use only what lies before it on the main path. */
    @ArchTest
    static final ArchRule DATA_FLOWS_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("event")
            .definedBy("org.avatarengine.event..")
            .layer("identity")
            .definedBy("org.avatarengine.identity..")
            .layer("source")
            .definedBy("org.avatarengine.source..")
            .layer("graph")
            .definedBy("org.avatarengine.graph..")
            .layer("ingest")
            .definedBy("org.avatarengine.ingest..")
            .layer("linkage")
            .definedBy("org.avatarengine.linkage..")
            .layer("people")
            .definedBy("org.avatarengine.people..")
            .layer("text")
            .definedBy("org.avatarengine.text..")
            .layer("language")
            .definedBy("org.avatarengine.language..")
            .layer("emotion")
            .definedBy("org.avatarengine.emotion..")
            .layer("rhythm")
            .definedBy("org.avatarengine.rhythm..")
            .layer("relationship")
            .definedBy("org.avatarengine.relationship..")
            .layer("nickname")
            .definedBy("org.avatarengine.nickname..")
            .layer("trigger")
            .definedBy("org.avatarengine.trigger..")
            .layer("topic")
            .definedBy("org.avatarengine.topic..")
            .layer("analysis")
            .definedBy("org.avatarengine.analysis..")
            .layer("persona")
            .definedBy("org.avatarengine.persona..")
            .layer("demo")
            .definedBy("org.avatarengine.demo..")
            .layer("redaction")
            .definedBy("org.avatarengine.redaction..")
            .layer("reliability")
            .definedBy("org.avatarengine.reliability..")
            .layer("memory")
            .definedBy("org.avatarengine.memory..")
            .layer("reply")
            .definedBy("org.avatarengine.reply..")
            .layer("dataset")
            .definedBy("org.avatarengine.dataset..")
            .whereLayer("dataset")
            .mayOnlyAccessLayers("graph", "people", "redaction", "text")
            .layer("exclusion")
            .definedBy("org.avatarengine.exclusion..")
            .whereLayer("exclusion")
            .mayOnlyAccessLayers("graph", "people", "memory")
            .layer("faithfulness")
            .definedBy("org.avatarengine.faithfulness..")
            .whereLayer("faithfulness")
            .mayOnlyAccessLayers("graph", "text", "language", "memory", "reply")
            .layer("chat")
            .definedBy("org.avatarengine.chat..")
            .whereLayer("memory")
            .mayOnlyAccessLayers("graph", "people", "text")
            .whereLayer("reply")
            .mayOnlyAccessLayers("memory", "redaction", "analysis", "language", "emotion", "people", "text")
            .whereLayer("chat")
            .mayOnlyAccessLayers("graph", "people", "text", "emotion", "analysis", "memory", "persona", "reply")
            .whereLayer("redaction")
            .mayNotAccessAnyLayer()
            .whereLayer("reliability")
            .mayNotAccessAnyLayer()
            .whereLayer("event")
            .mayNotAccessAnyLayer()
            .whereLayer("identity")
            .mayOnlyAccessLayers("event")
            .whereLayer("source")
            .mayOnlyAccessLayers("event", "identity")
            .whereLayer("graph")
            .mayNotAccessAnyLayer()
            .whereLayer("ingest")
            .mayOnlyAccessLayers("event", "identity", "source", "graph")
            .whereLayer("linkage")
            .mayNotAccessAnyLayer()
            .whereLayer("people")
            .mayOnlyAccessLayers("graph", "linkage", "text")
            .whereLayer("text")
            .mayNotAccessAnyLayer()
            .whereLayer("language")
            .mayOnlyAccessLayers("text")
            .whereLayer("emotion")
            .mayOnlyAccessLayers("text", "language")
            .whereLayer("rhythm")
            .mayNotAccessAnyLayer()
            .whereLayer("relationship")
            .mayOnlyAccessLayers("text")
            .whereLayer("nickname")
            .mayOnlyAccessLayers("text", "language", "people")
            .whereLayer("trigger")
            .mayNotAccessAnyLayer()
            .whereLayer("topic")
            .mayOnlyAccessLayers("text", "language")
            .whereLayer("analysis")
            .mayOnlyAccessLayers(
                    "graph",
                    "people",
                    "text",
                    "language",
                    "emotion",
                    "rhythm",
                    "relationship",
                    "nickname",
                    "trigger",
                    "topic")
            .whereLayer("persona")
            .mayOnlyAccessLayers(
                    "graph", "people", "text", "language", "relationship", "rhythm", "trigger", "analysis", "memory")
            .whereLayer("demo")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("org.avatarengine.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NEO4J_STAYS_IN_GRAPH = noClasses()
            .that()
            .resideOutsideOfPackage("..graph..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.neo4j..");

    @ArchTest
    static final ArchRule NO_SCREEN_AND_NO_HTTP_IN_CORE = noClasses()
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
}
