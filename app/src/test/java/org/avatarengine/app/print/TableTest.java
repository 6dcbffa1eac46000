package org.avatarengine.app.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsLineUpInEveryScript() {
        Table table = new Table("Name", ">Count");
        table.row("Ann", 7L);
        table.row("東京", 1234567L);
        table.row("👨‍👩‍👧 é", 12);
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out));
        assertThat(out.toString().lines().map(Table::width).distinct()).containsExactly(15);
        assertThat(out.toString()).contains("1,234,567");
    }

    @Test
    void longCellsAreCutAtAGrapheme() {
        Table table = new Table("Text");
        table.row("👨‍👩‍👧".repeat(50));
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out));
        String cell = out.toString().lines().toList().get(2);
        assertThat(Table.width(cell)).isLessThanOrEqualTo(60);
        assertThat(cell).endsWith("👧…");
    }

    @Test
    void cellsCannotControlTheTerminal() {
        Table table = new Table("Text");
        table.row("a\u001b]0;gone\u0007b\u001b[2Jc\u009bd");
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out));
        assertThat(out.toString().replaceAll("[\n\r]", "").chars().filter(Character::isISOControl))
                .isEmpty();
    }
}
