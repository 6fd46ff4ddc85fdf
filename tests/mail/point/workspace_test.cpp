#include "mail/point/workspace.h"

#include <gtest/gtest.h>

#include "mail/point/point_file.h"
#include "tests/fakes/lossy_disk.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::point {

namespace {

Point named(const std::string& name) {
    Point point;
    point.name = name;
    point.connection.server = "imap.firma.example";
    return point;
}

}  // namespace

class WorkspaceTest : public testing::Test {
protected:
    Workspace open() { return Workspace::open(disk_, folder_).value(); }
    std::string in_points(const std::string& name) const {
        return join_path(join_path(folder_, "points"), name);
    }
    static std::vector<std::string> names(const Workspace& workspace) {
        std::vector<std::string> names;
        const auto points = workspace.points().value();
        for (const StoredPoint& stored : points)
            names.push_back(stored.point ? stored.point->name : "(damaged)");
        return names;
    }

    const std::string folder_ = absolute_path("/data/mailpoint");
    fakes::LossyDisk disk_;
};

TEST_F(WorkspaceTest, is_made_where_it_was_asked_for) {
    const Workspace workspace = open();
    EXPECT_EQ(workspace.folder(), folder_);
    EXPECT_EQ(disk_.look(join_path(folder_, "points"))->kind, Entry::Kind::folder);
    EXPECT_EQ(workspace.ledger_path(), join_path(folder_, "state.db"));
    EXPECT_EQ(workspace.settings_path(), join_path(folder_, "settings.json"));
    EXPECT_TRUE(workspace.points()->empty());
    EXPECT_EQ(&workspace.disk(), &disk_);
}

TEST_F(WorkspaceTest, that_cannot_be_made_says_which_and_why) {
    disk_.put(folder_, "a file");
    const auto refused = Workspace::open(disk_, folder_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::workspace_unusable);
    EXPECT_EQ(refused.error().fact("folder"), folder_);
    EXPECT_FALSE(refused.error().fact("reason").empty());
}

TEST_F(WorkspaceTest, a_new_point_gets_an_id_and_a_plain_file_name) {
    const StoredPoint saved = open().save(named("Faktury – Łódź/Śródmieście")).value();
    EXPECT_EQ(saved.point->id.size(), 36U);
    EXPECT_EQ(saved.path,
              in_points("faktury-lodz-srodmiescie-" + saved.point->id.substr(0, 8) + ".json"));
    EXPECT_EQ(load_point(disk_, saved.path).value(), saved.point.value());
    EXPECT_EQ(open().find("Faktury – Łódź/Śródmieście")->path, saved.path);
}

TEST_F(WorkspaceTest, a_name_without_a_plain_letter_gets_a_file_name_too) {
    const StoredPoint saved = open().save(named("发票")).value();
    EXPECT_EQ(saved.path, in_points("point-" + saved.point->id.substr(0, 8) + ".json"));
    const StoredPoint hostile = open().save(named("../../etc/passwd")).value();
    EXPECT_EQ(parent_path(hostile.path), join_path(folder_, "points"));
}

TEST_F(WorkspaceTest, a_point_that_is_renamed_stays_in_its_file) {
    StoredPoint saved = open().save(named("Faktury")).value();
    saved.point->name = "Zamówienia";
    const StoredPoint again = open().save(*saved.point).value();
    EXPECT_EQ(again.path, saved.path);
    EXPECT_EQ(names(open()), std::vector<std::string>{"Zamówienia"});
    EXPECT_TRUE(disk_.content(saved.path + ".bak")) << "the version before";
}

TEST_F(WorkspaceTest, a_hand_written_file_keeps_the_id_that_its_path_gave_it) {
    disk_.put(in_points("faktury.json"),
              R"({"type":"mailbox","name":"Faktury","connection":{"server":"a.b"}})");
    const StoredPoint found = open().find("Faktury").value();
    const StoredPoint saved = open().save(*found.point).value();
    EXPECT_EQ(saved.path, in_points("faktury.json"));
    EXPECT_EQ(saved.point->id, found.point->id);
    EXPECT_EQ(open().points()->size(), 1U);
}

TEST_F(WorkspaceTest, no_point_is_written_over_another) {
    const Workspace workspace = open();
    Point point = named("Faktury");
    point.id = "12345678-0000-4000-8000-000000000000";
    disk_.put(in_points("faktury-12345678.json"), "{ damaged");
    const StoredPoint saved = workspace.save(point).value();
    EXPECT_EQ(saved.path, in_points("faktury-12345678-2.json"));
    EXPECT_EQ(disk_.content(in_points("faktury-12345678.json")), "{ damaged");
    EXPECT_EQ(workspace.save(named("Faktury"))->path.find(saved.path), std::string::npos);
    EXPECT_EQ(names(workspace).size(), 3U);
}

TEST_F(WorkspaceTest, points_come_in_the_order_of_their_names_and_damaged_ones_with_the_reason) {
    const Workspace workspace = open();
    for (const char* name : {"Żwirownia", "faktury 10", "Łódź", "Faktury 2", "Lublin", "Zakupy"})
        ASSERT_TRUE(workspace.save(named(name)));
    disk_.put(in_points("a.json"), "{");
    disk_.put(in_points("notes.txt"), "no point");
    disk_.put(in_points(".hidden.json"), "no point");
    EXPECT_EQ(names(workspace),
              (std::vector<std::string>{"(damaged)", "Faktury 2", "faktury 10", "Lublin", "Łódź",
                                        "Zakupy", "Żwirownia"}));
    EXPECT_EQ(workspace.points()->at(0).path, in_points("a.json"));
    EXPECT_EQ(workspace.points()->at(0).point.error().cause, Cause::point_damaged);
}

TEST_F(WorkspaceTest, a_point_is_found_by_its_name_exactly_or_else_whatever_its_case) {
    const Workspace workspace = open();
    for (const char* name : {"Faktury", "FAKTURY", "Łódź"})
        ASSERT_TRUE(workspace.save(named(name)));
    EXPECT_EQ(workspace.find("FAKTURY")->point->name, "FAKTURY");
    EXPECT_EQ(workspace.find("łÓDŹ")->point->name, "Łódź");
    const auto ambiguous = workspace.find("faktury");
    ASSERT_FALSE(ambiguous);
    EXPECT_EQ(ambiguous.error().cause, Cause::point_not_found);
    EXPECT_EQ(ambiguous.error().fact("name"), "faktury");
    EXPECT_EQ(ambiguous.error().fact("files").find("Łódź"), std::string_view::npos);
}

TEST_F(WorkspaceTest, of_several_of_one_name_none_is_taken_and_all_are_named) {
    const Workspace workspace = open();
    Point jans = named("Faktury");
    jans.operators = {"jan"};
    const StoredPoint one = workspace.save(jans).value();
    const StoredPoint two = workspace.save(named("Faktury")).value();
    for (const auto use : {Workspace::For::work, Workspace::For::reading}) {
        const auto found = workspace.find("Faktury", use);
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().cause, Cause::point_not_found);
        EXPECT_NE(found.error().fact("files").find(one.path), std::string_view::npos);
        EXPECT_NE(found.error().fact("files").find(two.path), std::string_view::npos);
    }
    EXPECT_EQ(workspace.find(two.path)->point->id, two.point->id);
    disk_.put(workspace.operators_path(), R"({"operators":[
        {"id":"ala","account":"1","account_name":"ala","administrator":true},
        {"id":"jan","account":"2","account_name":"jan"}]})");
    EXPECT_EQ(workspace.find("Faktury", Workspace::For::work, {"2", "jan", true})->path, one.path)
        << "the other one is not there for him";
}

TEST_F(WorkspaceTest, of_two_files_with_one_id_the_later_is_refused) {
    const Workspace workspace = open();
    const StoredPoint saved = workspace.save(named("Faktury")).value();
    const std::string copy = saved.path.substr(0, saved.path.size() - 5) + " copy.json";
    const std::string content = *disk_.content(saved.path);
    disk_.put(copy, content);
    const auto points = workspace.points().value();
    ASSERT_EQ(points.size(), 2U);
    for (const StoredPoint& stored : points)
        EXPECT_EQ(stored.point.has_value(), stored.path == saved.path);
    const auto refused = workspace.find(copy);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_damaged);
    EXPECT_EQ(refused.error().fact("field"), "id");
    EXPECT_EQ(refused.error().fact("line"), "4");
    EXPECT_EQ(refused.error().fact("file"), copy);

    Point changed = *saved.point;
    changed.connection.server = "other.example";
    EXPECT_EQ(workspace.save(changed)->path, saved.path);
    ASSERT_TRUE(workspace.remove(changed.id));
    EXPECT_EQ(disk_.content(copy), content) << "it was nobody's business";
    const auto left = workspace.points(points).value();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(*left[0].point, *saved.point) << "nothing is in its way now";
}

TEST_F(WorkspaceTest, a_point_that_comes_back_to_a_name_that_is_taken_gets_another) {
    const Workspace workspace = open();
    const StoredPoint first = workspace.save(named("Faktury")).value();
    ASSERT_TRUE(workspace.remove(first.point->id));
    const StoredPoint second = workspace.save(named("faktury")).value();
    ASSERT_TRUE(workspace.restore(first.point->id));
    const StoredPoint back = workspace.find("Faktury (2)").value();
    EXPECT_EQ(back.point->id, first.point->id);
    EXPECT_EQ(back.path, first.path);
    EXPECT_EQ(workspace.find("faktury")->point->id, second.point->id);
}

TEST_F(WorkspaceTest, a_definition_is_found_by_its_path_wherever_it_lies) {
    const std::string path = absolute_path("/home/ala/definition.json");
    disk_.put(path, R"({"type":"mailbox","name":"Obcy","connection":{"server":"a.b"}})");
    const StoredPoint found = open().find(path).value();
    EXPECT_EQ(found.path, path);
    EXPECT_EQ(found.point->name, "Obcy");
    EXPECT_EQ(found.point->id.size(), 36U);
    const std::string without_extension = absolute_path("/home/ala/definition");
    disk_.put(without_extension, "{");
    const auto damaged = open().find(without_extension);
    ASSERT_FALSE(damaged);
    EXPECT_EQ(damaged.error().cause, Cause::point_damaged);
    EXPECT_EQ(damaged.error().fact("file"), without_extension);
}

TEST_F(WorkspaceTest, a_definition_with_which_nothing_can_be_done_is_found_with_its_field) {
    const std::string path = absolute_path("/home/ala/definition.json");
    for (const auto& [json, field] :
         {std::pair{R"({"type":"mailbox","name":"A","connection":{"server":"a.b","port":70000}})",
                    "connection.port"},
          std::pair{R"({"type":"mailbox","name":"A","connection":{"server":""}})",
                    "connection.server"},
          std::pair{R"({"type":"ocr","name":"A"})", "type"}}) {
        disk_.put(path, json);
        const auto found = open().find(path);
        ASSERT_FALSE(found) << json;
        EXPECT_EQ(found.error().cause, Cause::point_invalid);
        EXPECT_EQ(found.error().fact("field"), field);
        EXPECT_TRUE(open().find(path, Workspace::For::reading)) << "it can be looked at";
    }
}

TEST_F(WorkspaceTest, what_is_not_there_is_not_found_and_the_damaged_are_named) {
    disk_.put(in_points("faktury.json"), "{");
    for (const std::string& name : {std::string("Faktury"), std::string("no.json"),
                                    absolute_path("/no/such/file.json"), folder_}) {
        const auto missing = open().find(name);
        ASSERT_FALSE(missing) << name;
        EXPECT_EQ(missing.error().cause, Cause::point_not_found) << name;
        EXPECT_EQ(missing.error().fact("damaged"), in_points("faktury.json")) << name;
    }
}

TEST_F(WorkspaceTest, saving_survives_a_fault_at_any_call) {
    for (unsigned n = 1;; ++n) {
        fakes::LossyDisk disk;
        const Workspace workspace = Workspace::open(disk, folder_).value();
        const StoredPoint before = workspace.save(named("Faktury")).value();
        Point changed = *before.point;
        changed.connection.server = "imap2.firma.example";
        disk.stop_at_call(n);
        const auto saved = workspace.save(changed);
        disk.lose_power(fakes::LossyDisk::Kept::unsynced_names);
        const auto points = workspace.points().value();
        ASSERT_EQ(points.size(), 1U) << n;
        ASSERT_TRUE(points[0].point) << n;
        EXPECT_TRUE(*points[0].point == changed || (!saved && *points[0].point == *before.point));
        if (saved)
            break;
        ASSERT_LT(n, 100U);
    }
}

TEST_F(WorkspaceTest, what_was_changed_meanwhile_is_not_written_over) {
    const Workspace workspace = open();
    const StoredPoint first = workspace.save(named("Faktury")).value();
    EXPECT_EQ(first.content_sha256, workspace.points()->at(0).content_sha256);
    Point mine = *first.point, theirs = *first.point;
    theirs.connection.server = "theirs.example";
    const StoredPoint second = workspace.save(theirs, first.content_sha256).value();
    const auto refused = workspace.save(mine, first.content_sha256);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_changed);
    EXPECT_EQ(refused.error().fact("file"), first.path);
    EXPECT_EQ(workspace.points()->at(0).point->connection.server, "theirs.example");
    ASSERT_TRUE(workspace.remove(mine.id));
    EXPECT_EQ(workspace.save(mine, second.content_sha256).error().cause, Cause::point_changed)
        << "it is gone";
    EXPECT_TRUE(workspace.points()->empty());
    EXPECT_TRUE(workspace.save(mine)) << "nobody asked";
}

TEST_F(WorkspaceTest, a_removed_point_comes_back_as_it_was) {
    const Workspace workspace = open();
    const StoredPoint saved = workspace.save(named("Faktury")).value();
    Point changed = *saved.point;
    changed.name = "Zamówienia";
    const StoredPoint again = workspace.save(changed).value();
    ASSERT_TRUE(workspace.remove(changed.id));
    EXPECT_TRUE(workspace.points()->empty());
    EXPECT_EQ(disk_.files().size(), 2U) << "the file and its .bak, in deleted/";
    EXPECT_EQ(disk_.files()[0], join_path(join_path(folder_, "deleted"),
                                          again.path.substr(parent_path(again.path).size() + 1)));
    EXPECT_EQ(workspace.remove(changed.id).error().cause, Cause::point_not_found);
    ASSERT_TRUE(workspace.restore(changed.id));
    const auto back = workspace.points().value();
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].path, again.path);
    EXPECT_EQ(*back[0].point, changed);
    EXPECT_TRUE(disk_.content(again.path + ".bak"));
    EXPECT_EQ(workspace.restore(changed.id).error().cause, Cause::point_not_found);
}

TEST_F(WorkspaceTest, a_proxys_password_that_was_taken_out_is_nowhere_any_more) {
    const Workspace workspace = open();
    StoredPoint stored = workspace.save(named("Faktury")).value();
    Point by_hand = *stored.point;
    by_hand.connection.proxy = "http://ala:tajne@proxy:3128";
    for (const char* copy : {"", ".bak"})
        disk_.put(stored.path + copy, format_point(by_hand));
    by_hand.connection.proxy = "http://ala@proxy:3128";
    const auto expect_none = [&] {
        EXPECT_FALSE(disk_.files().empty());
        for (const std::string& file : disk_.files())
            EXPECT_EQ(disk_.content(file)->find("tajne"), std::string::npos) << file;
    };
    ASSERT_TRUE(workspace.save(by_hand));
    EXPECT_EQ(*workspace.find("Faktury")->point, by_hand);
    expect_none();
    EXPECT_EQ(disk_.files().size(), 1U);
    ASSERT_TRUE(workspace.remove(by_hand.id));
    expect_none();
}

TEST_F(WorkspaceTest, of_two_removed_the_last_one_comes_back_and_none_over_another) {
    const Workspace workspace = open();
    StoredPoint saved = workspace.save(named("Faktury")).value();
    ASSERT_TRUE(workspace.remove(saved.point->id));
    saved.point->connection.server = "second.example";
    ASSERT_TRUE(workspace.save(*saved.point));
    ASSERT_TRUE(workspace.remove(saved.point->id));
    ASSERT_TRUE(workspace.restore(saved.point->id));
    EXPECT_EQ(workspace.points()->at(0).point->connection.server, "second.example");
    EXPECT_EQ(workspace.restore(saved.point->id).error().cause, Cause::file_exists);
    EXPECT_EQ(workspace.points()->size(), 1U);
}

TEST_F(WorkspaceTest, a_file_without_an_id_and_a_damaged_one_can_be_removed_and_restored) {
    const Workspace workspace = open();
    const std::string by_hand = in_points("faktury.json"), damaged = in_points("zla.json");
    disk_.put(by_hand, R"({"type":"mailbox","name":"Faktury","connection":{"server":"a.b"}})");
    disk_.put(damaged, "{");
    const std::string id = workspace.find("Faktury")->point->id;
    for (const std::string& one : {id, damaged})
        ASSERT_TRUE(workspace.remove(one));
    EXPECT_TRUE(workspace.points()->empty());
    for (const std::string& one : {id, damaged})
        ASSERT_TRUE(workspace.restore(one));
    EXPECT_EQ(workspace.find("Faktury")->point->id, id);
    EXPECT_EQ(disk_.content(damaged), "{");
}

TEST_F(WorkspaceTest, removing_and_restoring_survive_a_fault_at_any_call) {
    for (unsigned n = 1;; ++n) {
        fakes::LossyDisk disk;
        const Workspace workspace = Workspace::open(disk, folder_).value();
        const Point point = *workspace.save(named("Faktury"))->point;
        disk.stop_at_call(n);
        const bool removed = workspace.remove(point.id).has_value();
        const bool restored = removed && workspace.restore(point.id).has_value();
        disk.lose_power(fakes::LossyDisk::Kept::unsynced_names);
        const bool here = !workspace.points()->empty();
        const bool there = !here && workspace.restore(point.id).has_value();
        EXPECT_TRUE(here || there) << n;
        EXPECT_EQ(*workspace.points()->at(0).point, point) << n;
        if (restored)
            break;
        ASSERT_LT(n, 100U);
    }
}

TEST_F(WorkspaceTest, an_imported_point_is_one_of_its_own) {
    const Workspace workspace = open();
    const StoredPoint saved = workspace.save(named("Faktury")).value();
    const std::string given = absolute_path("/home/ala/faktury.json");
    disk_.put(given, *disk_.content(saved.path));
    const StoredPoint second = workspace.import(given).value();
    EXPECT_NE(second.point->id, saved.point->id);
    EXPECT_EQ(second.point->name, "Faktury (2)");
    EXPECT_EQ(workspace.import(given)->point->name, "Faktury (3)");
    ASSERT_TRUE(workspace.remove(saved.point->id));
    const StoredPoint first = workspace.import(given).value();
    EXPECT_EQ(first.point->name, "Faktury") << "that is free again";
    EXPECT_NE(first.point->id, saved.point->id) << "which may have a stored password";
    ASSERT_TRUE(workspace.remove(first.point->id));
    const StoredPoint own =
        workspace
            .import(join_path(join_path(folder_, "deleted"),
                              saved.path.substr(parent_path(saved.path).size() + 1)))
            .value();
    EXPECT_EQ(*own.point, *saved.point) << "it was of this workspace";
    disk_.put(given, R"({"type":"mailbox","name":"FAKTURY","connection":{"server":"a.b"}})");
    EXPECT_EQ(workspace.import(given)->point->name, "FAKTURY (4)");
    EXPECT_EQ(workspace.points()->size(), 4U);
}

TEST_F(WorkspaceTest, a_file_that_is_no_definition_is_not_imported) {
    const Workspace workspace = open();
    const std::string given = absolute_path("/home/ala/faktury.json");
    EXPECT_EQ(workspace.import(given).error().cause, Cause::file_not_found);
    disk_.put(given, "{\n\n");
    const auto refused = workspace.import(given);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_damaged);
    EXPECT_EQ(refused.error().fact("file"), given);
    EXPECT_TRUE(workspace.points()->empty());
}

TEST_F(WorkspaceTest, what_can_not_be_right_is_not_imported_and_says_why) {
    const Workspace workspace = open();
    const std::string given = absolute_path("/home/ala/faktury.json");
    const auto refusal_of = [&](const std::string& name, const std::string& connection) {
        disk_.put(given, R"({"type":"mailbox","name":")" + name +
                             R"(","connection":{"server":"a.b")" + connection + "}}");
        const auto refused = workspace.import(given);
        EXPECT_FALSE(refused) << name << connection;
        const Error error = refused ? Error() : refused.error();
        EXPECT_EQ(error.cause, Cause::point_invalid);
        EXPECT_EQ(error.fact("file"), given);
        return std::string(error.fact("field")) + " " + std::string(error.fact("reason"));
    };
    EXPECT_EQ(refusal_of("", ""), "name required");
    EXPECT_EQ(refusal_of(std::string(5000, 'x'), ""), "name name_too_long");
    EXPECT_EQ(refusal_of("A", R"(,"port":-5)"), "connection.port port_range");
    EXPECT_EQ(refusal_of("A", R"(,"port":25)"), "connection.port port_for_sending");
    EXPECT_EQ(refusal_of("A", R"(,"proxy":"http://p:99999")"), "connection.proxy proxy_port");
    EXPECT_EQ(refusal_of("A", R"(,"pinned_certificate":"12")"),
              "connection.pinned_certificate not_a_fingerprint");
    EXPECT_TRUE(workspace.points()->empty());
    // What is still to come, or to be agreed to, can come in the form.
    disk_.put(given, R"({"type":"mailbox","name":"A","connection":{"server":"a.b",
                         "encryption":"none","port":143}})");
    EXPECT_TRUE(workspace.import(given));
}

TEST_F(WorkspaceTest, a_definition_with_a_secret_is_neither_imported_nor_saved) {
    const Workspace workspace = open();
    const std::string given = absolute_path("/home/ala/faktury.json");
    for (const auto& [keys, field] :
         {std::pair{R"("password":"tajne")", "connection.password"},
          std::pair{R"("oauth":{"client_secret":"tajne"})", "connection.oauth.client_secret"},
          std::pair{R"("later":[{"token":{"value":"tajne"}}])", "connection.later.0.token.value"},
          std::pair{R"("password":7351)", "connection.password"},
          std::pair{R"("later":[{"name":"imap-password","value":"tajne"}])",
                    "connection.later.0.value"},
          std::pair{R"("later":[{"url":"see imaps://ala:tajne@a.b/"}])", "connection.later.0.url"},
          std::pair{R"("oauth":{"issuer":"https://ala:tajne@id"})", "connection.oauth.issuer"},
          std::pair{R"("oauth":{"redirect":"http://ala:tajne@id"})", "connection.oauth.redirect"},
          std::pair{R"("proxy":"http://ala:tajne@p")", "connection.proxy"}}) {
        const std::string text = R"({"type":"mailbox","name":"A","connection":{"server":"a.b",)" +
                                 std::string(keys) + "}}";
        disk_.put(given, text);
        const auto imported = workspace.import(given);
        ASSERT_FALSE(imported) << keys;
        EXPECT_EQ(imported.error().cause, Cause::point_invalid);
        EXPECT_EQ(imported.error().fact("field"), field);
        EXPECT_EQ(imported.error().fact("secret"), "yes");
        EXPECT_EQ(imported.error().fact("file"), given);
        const auto saved = workspace.save(parse_point(text).value());
        ASSERT_FALSE(saved) << keys;
        EXPECT_EQ(saved.error().fact("field"), field);
        for (const auto& [key, value] : imported.error().facts)
            EXPECT_EQ(value.find("tajne"), std::string::npos);
    }
    EXPECT_TRUE(workspace.points()->empty());
    // Nothing secret is in these.
    disk_.put(given, R"({"type":"mailbox","name":"A","connection":{"server":"a.b"},
                         "token_minutes":5,"password_length":12,"to":"https://a.b/c:d@e",
                         "password":null,"passwords":{"kept":false},"pwd":""})");
    EXPECT_TRUE(workspace.import(given));
}

TEST_F(WorkspaceTest, a_secret_that_was_taken_out_by_hand_does_not_live_on_in_the_backup) {
    const Workspace workspace = open();
    StoredPoint saved = workspace.save(named("Faktury")).value();
    Point by_hand = *saved.point;
    by_hand.unknown_keys = R"({"password":"tajne"})";
    disk_.put(saved.path, format_point(by_hand));
    ASSERT_TRUE(workspace.save(*saved.point));
    EXPECT_EQ(disk_.content(saved.path + ".bak"), std::nullopt);
}

TEST_F(WorkspaceTest, what_could_not_be_read_again_is_not_written) {
    const Workspace workspace = open();
    // Each number gets a line and its indentation when it is written.
    std::string numbers = "1";
    while (numbers.size() < 800'000)
        numbers += ",1";
    const std::string given = absolute_path("/home/ala/faktury.json");
    disk_.put(given, R"({"type":"mailbox","name":"A","connection":{"server":"a.b"},"x":[)" +
                         numbers + "]}");
    const auto refused = workspace.import(given);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_invalid);
    EXPECT_EQ(refused.error().fact("limit"), "1 MiB");
    StoredPoint saved = workspace.save(named("Faktury")).value();
    const Point before = *saved.point;
    saved.point->general.naming = std::string(2'000'000, 'x');
    EXPECT_EQ(workspace.save(*saved.point).error().cause, Cause::point_invalid);
    EXPECT_EQ(workspace.points()->size(), 1U);
    EXPECT_EQ(*workspace.points()->at(0).point, before);
}

TEST_F(WorkspaceTest, what_is_known_is_not_parsed_again_but_what_has_changed_is) {
    const Workspace workspace = open();
    const StoredPoint saved = workspace.save(named("Faktury")).value();
    auto known = workspace.points().value();
    known[0].point->name = "as known";
    EXPECT_EQ(workspace.points(known)->at(0).point->name, "as known");
    Point changed = *saved.point;
    changed.name = "Zamówienia";
    ASSERT_TRUE(workspace.save(changed));
    EXPECT_EQ(workspace.points(known)->at(0).point->name, "Zamówienia");
}

TEST_F(WorkspaceTest, who_does_not_find_a_point_is_told_only_of_those_that_he_may_see) {
    const Workspace workspace = open();
    Point jans = named("Jana");
    jans.operators = {"jan"};
    ASSERT_TRUE(workspace.save(jans));
    ASSERT_TRUE(workspace.save(named("Niczyja")));
    disk_.put(workspace.operators_path(), R"({"operators":[
        {"id":"ala","account":"1","account_name":"ala","administrator":true},
        {"id":"jan","account":"2","account_name":"jan"}]})");
    const auto known_to = [&](const SystemAccount& account) {
        return std::string(
            workspace.find("x", Workspace::For::work, account).error().fact("known"));
    };
    EXPECT_EQ(known_to({"1", "ala", true}), "Jana, Niczyja");
    EXPECT_EQ(known_to({"2", "jan", true}), "Jana");
    EXPECT_EQ(known_to({"3", "ewa", true}), "");
    disk_.put(workspace.operators_path(), "{");
    EXPECT_EQ(known_to({"1", "ala", true}), "") << "who may see what can't be read";
}

TEST(WorkspaceOnTheRealDisk, is_relative_to_the_current_folder_when_asked_for_so) {
    const fakes::ScratchFolder scratch;
    const Workspace workspace = Workspace::open(real_disk(), scratch / "a/b").value();
    EXPECT_EQ(workspace.folder(), absolute_path(scratch / "a/b"));
    EXPECT_TRUE(workspace.save(named("Faktury")));
    EXPECT_EQ(workspace.points()->size(), 1U);
}

}  // namespace mail::point
