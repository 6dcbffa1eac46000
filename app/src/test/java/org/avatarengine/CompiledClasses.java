package org.avatarengine;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The compiled classes of all modules, without those of tests. */
public final class CompiledClasses {
    /** What stands in a recipe of a concatenation for a value that is put in at run time. */
    public static final char VALUE = '\u0001';

    private CompiledClasses() {}

    /** Reads all of them. */
    public static List<ClassModel> read() throws Exception {
        List<ClassModel> found = new ArrayList<>();
        for (URL module :
                Collections.list(CompiledClasses.class.getClassLoader().getResources("org/avatarengine"))) {
            String at = module.toString();
            if (at.contains("test-classes") || at.contains("-tests.jar")) {
                continue;
            }
            if (module.openConnection() instanceof JarURLConnection jar) {
                Path file = Path.of(jar.getJarFileURL().toURI());
                try (FileSystem inside = FileSystems.newFileSystem(file, (ClassLoader) null)) {
                    read(inside.getPath("/"), found);
                }
            } else {
                read(Path.of(module.toURI()), found);
            }
        }
        return found;
    }

    private static void read(Path root, List<ClassModel> found) throws Exception {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) {
            found.add(ClassFile.of().parse(Files.readAllBytes(file)));
        }
    }

    /** All texts in the code of a class; in concatenations, {@link #VALUE} stands for each value that is put in. */
    public static void texts(ClassModel type, Consumer<String> each) {
        type.methods()
                .forEach(method -> method.code().ifPresent(code -> {
                    for (CodeElement element : code) {
                        if (element instanceof LoadConstantInstruction load
                                && load.constantValue() instanceof String text) {
                            each.accept(text);
                        } else if (element instanceof InvokeDynamicInstruction call
                                && call.name().equalsString("makeConcatWithConstants")) {
                            each.accept(String.valueOf(call.bootstrapArgs().getFirst()));
                        }
                    }
                }));
    }
}
