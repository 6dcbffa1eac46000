package org.avatarengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.avatarengine.graph.EmbeddedGraph;
import org.avatarengine.graph.Graph;
import org.avatarengine.graph.vocabulary.CypherName;
import org.avatarengine.people.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that data enters Cypher statements only as parameters. It reads the compiled classes of all modules: a
 * concatenated Cypher text may contain only numbers and a {@link CypherName}, which can hold nothing but letters,
 * digits and underscores.
 */
class CypherInjectionTest {
    private static final Pattern CYPHER = Pattern.compile(
            "(?s).*\\b(MATCH ?\\(|MERGE ?\\(|CREATE ?\\(|UNWIND \\$|DETACH DELETE|CALL db\\.|RETURN [a-z]+[ .(])");
    private static final String NAME = CypherName.class.getName().replace('.', '/');
    private static final Set<String> PUTTING_TOGETHER = Set.of("formatted", "replace", "concat");

    @TempDir
    Path folder;

    private static boolean isCypher(String text) {
        return CYPHER.matcher(text).lookingAt();
    }

    private static void check(ClassModel type, MethodModel method, CodeModel code, List<String> problems) {
        String where =
                type.thisClass().asInternalName() + "." + method.methodName().stringValue();
        boolean cypher = false;
        int names = 0;
        for (CodeElement element : code) {
            if (element instanceof LoadConstantInstruction load && load.constantValue() instanceof String text) {
                cypher |= isCypher(text);
            } else if (element instanceof InvokeDynamicInstruction call
                    && call.name().stringValue().equals("makeConcatWithConstants")) {
                String recipe =
                        call.bootstrapArgs().stream().map(String::valueOf).collect(Collectors.joining(" "));
                long texts = call.typeSymbol().parameterList().stream()
                        .filter(argument -> !argument.isPrimitive())
                        .count();
                if (isCypher(recipe) && texts > names) {
                    problems.add(where + " concatenates something other than names into: " + recipe);
                }
                names = 0;
            } else if (element instanceof InvokeInstruction call) {
                String owner = call.owner().asInternalName();
                names += owner.equals(NAME) && call.name().equalsString("text") ? 1 : 0;
                if (cypher
                        && owner.equals("java/lang/String")
                        && PUTTING_TOGETHER.contains(call.name().stringValue())) {
                    problems.add(where + " calls " + call.name().stringValue() + " on a Cypher text");
                }
            }
        }
    }

    @Test
    void noStatementIsConcatenatedFromData() throws Exception {
        List<String> problems = new ArrayList<>();
        int read = 0;
        for (ClassModel type : CompiledClasses.read()) {
            for (MethodModel method : type.methods()) {
                method.code().ifPresent(code -> check(type, method, code, problems));
            }
            read++;
        }
        assertThat(read).as("classes of all modules are read").isGreaterThan(800);
        assertThat(problems).isEmpty();
    }

    /** The check finds wrong code. */
    @Test
    void aConcatenatedStatementIsFound() throws Exception {
        List<String> problems = new ArrayList<>();
        Path own = Path.of(Careless.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(Careless.class.getName().replace('.', '/') + ".class");
        ClassModel type = ClassFile.of().parse(Files.readAllBytes(own));
        for (MethodModel method : type.methods()) {
            method.code().ifPresent(code -> check(type, method, code, problems));
        }
        assertThat(problems).hasSize(2);
    }

    /** Code that the check must find. */
    static final class Careless {
        private Careless() {}

        static String concatenated(String name) {
            return "MATCH (p:Person {name: '" + name + "'}) RETURN p";
        }

        static String formatted(String name) {
            return "MATCH (p:Person {name: '%s'}) RETURN p".formatted(name);
        }

        static String named(CypherName label) {
            return "MATCH (p:" + label.text() + ") RETURN p";
        }
    }

    /** A hostile name stays a name in a real graph. */
    @Test
    void aHostileNameIsOnlyAName() throws Exception {
        String hostile = "x'}) DETACH DELETE n //";
        try (Graph graph = EmbeddedGraph.open(folder.resolve("graph"))) {
            graph.write(t -> t.run(
                    "CREATE (:Person {id: 'a', name: $name, owner: false}), (:Person {id: 'b', name: 'B', owner: false})",
                    Map.of("name", hostile)));
            assertThat(new People(graph).find(hostile).id()).isEqualTo("a");
            assertThat(graph.read("MATCH (p:Person) RETURN p.id AS id", Map.of()))
                    .hasSize(2);
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> CypherName.of(hostile))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
