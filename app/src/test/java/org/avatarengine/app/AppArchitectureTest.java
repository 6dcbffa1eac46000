package org.avatarengine.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.avatarengine", importOptions = ImportOption.DoNotIncludeTests.class)
class AppArchitectureTest {
    @ArchTest
    static final ArchRule NOTHING_IN_CORE_KNOWS_THE_APP = noClasses()
            .that()
            .resideOutsideOfPackage("org.avatarengine.app..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.avatarengine.app..");

    /** The server knows no view, and jobs know neither: pages and commands are built on them. */
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
