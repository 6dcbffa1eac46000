package org.avatarengine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.avatarengine", importOptions = ImportOption.DoNotIncludeTests.class)
class ClaudeArchitectureTest {
    @ArchTest
    static final ArchRule QUESTIONS_GO_DOWN_TO_THE_CLIENT_AND_ITS_LEDGER = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("usage")
            .definedBy("org.avatarengine.usage..")
            .layer("limit")
            .definedBy("org.avatarengine.limit..")
            .layer("claude")
            .definedBy("org.avatarengine.claude..")
            .layer("enrich")
            .definedBy("org.avatarengine.enrich..")
            .whereLayer("usage")
            .mayOnlyAccessLayers("limit")
            .whereLayer("limit")
            .mayNotAccessAnyLayer()
            .whereLayer("claude")
            .mayOnlyAccessLayers("usage", "limit")
            .whereLayer("enrich")
            .mayOnlyAccessLayers("claude", "usage");

    /** The SDK is used only where requests are checked, reserved and recorded. */
    @ArchTest
    static final ArchRule THE_SDK_STAYS_IN_CLAUDE = noClasses()
            .that()
            .resideOutsideOfPackage("org.avatarengine.claude..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.anthropic..");
}
