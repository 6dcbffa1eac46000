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
}
