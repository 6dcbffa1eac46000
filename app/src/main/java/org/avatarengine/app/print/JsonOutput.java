package org.avatarengine.app.print;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a command prints with {@code --json}, from which a test writes the schemas in {@code docs/json}. A command
 * that prints different things with different options has one annotation for each.
 */
@Documented
@Repeatable(JsonOutputs.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface JsonOutput {
    /** The number of values that are printed. */
    enum Form {
        /** One value. */
        ONE,
        /** An array of values. */
        LIST,
        /** Any number of values, each on its own line (JSON Lines). */
        LINES
    }

    /** A record, or {@link Row} for objects whose fields the user chooses. */
    Class<?> value();

    /** How many of them there are. */
    Form form() default Form.ONE;

    /** When this is printed, such as "with --diagnose"; empty if it is printed always. */
    String when() default "";

    /** An object whose fields the user chooses; their values can be of any type. */
    final class Row {
        private Row() {}
    }
}
