package org.avatarengine.demo;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.avatarengine.demo.DemoScript.Person;

/** Writes the people of the demo as contact cards. */
final class DemoAddressBook {
    private DemoAddressBook() {}

    static void write(ChatDbWriter contacts, DemoScript script) throws SQLException {
        long ownerCard = 0;
        for (Person person : script.people().values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("Z_ENT", 22);
            row.put("ZFIRSTNAME", person.given().equals("Tomas") ? "Tomás" : person.given());
            row.put("ZLASTNAME", person.family().isEmpty() ? null : person.family());
            row.put("ZNICKNAME", person.nickname());
            row.put("ZORGANIZATION", person.organization());
            row.put("ZUNIQUEID", "DEMO-" + person.key() + ":ABPerson");
            row.put("ZCONTAINERWHERECONTACTISME", person.key().equals("me") ? 1 : null);
            long card = contacts.insert("ZABCDRECORD", row);
            ownerCard = person.key().equals("me") ? card : ownerCard;
            for (String address : person.addresses()) {
                if (address.contains("@")) {
                    contacts.insert("ZABCDEMAILADDRESS", Map.of("Z_ENT", 8, "ZOWNER", card, "ZADDRESS", address));
                } else {
                    // People write phone numbers in different ways.
                    String typed = "(" + address.substring(2, 5) + ") " + address.substring(5);
                    contacts.insert("ZABCDPHONENUMBER", Map.of("Z_ENT", 15, "ZOWNER", card, "ZFULLNUMBER", typed));
                }
            }
            if (person.relation() != null) {
                contacts.insert(
                        "ZABCDRELATEDNAME",
                        Map.of(
                                "Z_ENT",
                                16,
                                "ZOWNER",
                                ownerCard,
                                "ZLABEL",
                                "_$!<" + person.relation() + ">!$_",
                                "ZNAME",
                                person.given() + " " + person.family()));
            }
        }
    }
}
