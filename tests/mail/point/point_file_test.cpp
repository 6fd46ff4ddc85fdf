#include "mail/point/point_file.h"

#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/base/utf8.h"
#include "mail/point/json_fault.h"
#include "tests/fakes/lossy_disk.h"

namespace mail::point {

namespace {

constexpr const char* short_file =
    R"({"type":"mailbox","name":"Faktury","connection":{"server":"imap.firma.example"}})";

Point parsed(std::string_view json) {
    auto point = parse_point(json);
    EXPECT_TRUE(point) << point.error().fact("reason") << " " << point.error().fact("field");
    return point.value_or(Point{});
}

/// Points of all shapes, the same in every run.
class Generator {
public:
    explicit Generator(unsigned seed) : random_(seed) {}

    Point point() {
        Point made;
        made.type = pick({Type::mailbox, Type::ocr});
        made.id = text();
        made.name = text();
        made.connection = connection();
        made.general = general();
        made.ocr = ocr();
        made.columns = texts();
        made.operators = texts();
        const Json unknown = unknown_keys();
        made.unknown_keys = unknown.empty() ? "" : unknown.dump();
        return made;
    }

private:
    using Json = nlohmann::ordered_json;

    /// At every level where keys can be, in the order in which a reader leaves them.
    Json unknown_keys() {
        Json made = Json::object();
        if (flag())
            made["$schema"] = text();
        made.update(object(0));
        for (const char* known : {"connection", "general", "ocr", "list", "permissions"}) {
            if (flag())
                continue;
            Json inner = object(0);
            if (known == std::string("connection") && flag())
                inner["oauth"] = Json{{"x", any(1)}};
            if (!inner.empty())
                made[known] = std::move(inner);
        }
        return made;
    }
    Json object(int depth) {
        Json made = Json::object();
        for (auto n = random_() % 3; n > 0; --n)
            made["x" + std::to_string(n) + text()] = any(depth + 1);
        return made;
    }
    Json any(int depth) {
        switch (random_() % (depth < 4 ? 8 : 6)) {
        case 0:
            return nullptr;
        case 1:
            return flag();
        case 2:
            return static_cast<std::int64_t>(random_()) - 2'000'000'000;
        case 3:
            return static_cast<double>(random_()) / 7;
        case 4:
            return std::uint64_t{1} << 63U;
        case 5:
            return text();
        case 6:
            return object(depth);
        default:
            return Json::array({any(depth + 1), any(depth + 1)});
        }
    }

    Connection connection() {
        Connection made;
        made.server = text();
        made.port = static_cast<int>(random_());
        made.authentication = pick({Authentication::password, Authentication::oauth2});
        made.encryption = pick({net::Encryption::automatic, net::Encryption::tls,
                                net::Encryption::starttls, net::Encryption::none});
        made.login = text();
        made.folder = text();
        for (auto* value :
             {&made.shared_mailbox, &made.proxy, &made.ca_file, &made.pinned_certificate,
              &made.oauth.issuer, &made.oauth.scopes, &made.oauth.redirect})
            if (flag())
                *value = text();
        made.allow_cleartext = flag();
        made.oauth.provider = pick<std::string>({"microsoft", "google", "yahoo", "oidc"});
        made.oauth.flow = pick<std::string>({"code", "device", "app"});
        made.oauth.tenant = text();
        made.oauth.client_id = text();
        return made;
    }

    General general() {
        General made;
        for (bool* value :
             {&made.allow_delete_from_mailbox, &made.delete_after_document, &made.take_by_itself,
              &made.set_folder_while_working, &made.only_graphic_attachments})
            *value = flag();
        if (flag())
            made.ocr_point = text();
        made.folder = text();
        made.naming = text();
        made.repeated_files = pick({RepeatedFiles::skip, RepeatedFiles::save, RepeatedFiles::ask});
        made.inline_images =
            pick({InlineImages::automatic, InlineImages::take, InlineImages::skip});
        made.quarantine_days = static_cast<int>(random_());
        return made;
    }

    Ocr ocr() {
        Ocr made;
        made.types = texts();
        made.command = text();
        for (int* value : {&made.max_megabytes, &made.max_pages, &made.jobs, &made.limit_minutes,
                           &made.warn_after_minutes})
            *value = static_cast<int>(random_());
        return made;
    }

    template <class T>
    T pick(std::initializer_list<T> from) {
        return *(from.begin() + random_() % from.size());
    }
    bool flag() { return random_() % 2 == 0; }
    std::string text() {
        if (flag()) {
            std::u16string wide;
            for (auto n = random_() % 6; n > 0; --n)
                wide += static_cast<char16_t>(random_() % 0xD800);
            return utf8::from_utf16(wide);
        }
        return pick<std::string>({"", "Faktury – Łódź", "C:\\a\"b", std::string("nul\0l", 5),
                                  "\xF0\x9F\x93\xA7", "line\nbreak", "</script>"});
    }
    std::vector<std::string> texts() {
        std::vector<std::string> made(random_() % 4);
        for (std::string& one : made)
            one = text();
        return made;
    }

    std::mt19937 random_;
};

}  // namespace

TEST(PointFile, a_short_file_gets_the_defaults) {
    Point expected;
    expected.name = "Faktury";
    expected.connection.server = "imap.firma.example";
    EXPECT_EQ(parsed(short_file), expected);
}

TEST(PointFile, what_is_saved_is_what_is_loaded) {
    Generator generator(20261124);
    fakes::LossyDisk disk;
    disk.put_folder(absolute_path("/ws"));
    const std::string path = absolute_path("/ws/a.json");
    for (int n = 0; n < 1000; ++n) {
        Point point = generator.point();
        const std::string text = format_point(point);
        ASSERT_EQ(parsed(text), point) << text;
        ASSERT_EQ(format_point(parsed(text)), text);
        point.id += "x";  // a file without one gets one
        ASSERT_TRUE(save_point(disk, path, point));
        ASSERT_EQ(load_point(disk, path).value(), point) << text;
    }
}

TEST(PointFile, unknown_keys_survive_at_every_level) {
    const Point point = parsed(R"({"later":{"a":[1,2]},"type":"mailbox","name":"x",
        "$schema":"point.schema.json",
        "connection":{"server":"s","timeout":3,"oauth":{"pkce":"S256"}},
        "general":{"unpack":false},"list":{"sort":"received"},"permissions":{"groups":[]}})");
    const std::string text = format_point(point);
    EXPECT_EQ(text.find("{\n  \"$schema\": \"point.schema.json\",\n  \"version\": 1,"), 0U) << text;
    for (const char* kept : {R"("later": {)", R"("timeout": 3)", R"("pkce": "S256")",
                             R"("unpack": false)", R"("sort": "received")", R"("groups": [])"})
        EXPECT_NE(text.find(kept), std::string::npos) << kept << text;
    EXPECT_EQ(format_point(parsed(text)), text);
}

TEST(PointFile, every_fault_names_its_line_its_field_and_the_reason) {
    struct Row {
        const char *json, *line, *field, *reason, *seen;
    };
    const Row rows[] = {
        {"", "1", "", "unexpected_end", ""},
        {"{\n\"a\": \n", "3", "", "unexpected_end", ""},
        {"[]", "1", "", "must_be_object", "list"},
        {"{\n\"type\":\"mailbox\",\n\"name\" \"x\"}", "3", "", "unexpected_character", "\""},
        {"{\"name\": 1,\n\"żółć\":x}", "2", "", "unexpected_character", "x"},
        {"{\"name\": \"a\nb\"}", "1", "", "unexpected_character", "U+000A"},
        {"{}}", "1", "", "unexpected_character", "}"},
        {"{\"a\":\n1e999}", "2", "", "number_out_of_range", ""},
        {"{\"a\":\n[1,1e999\n\n]}", "2", "", "number_out_of_range", ""},
        {"{\"\":1,\n\"\":2}", "2", "\"\"", "duplicate_key", ""},
        {"{\"u\":{\"\":-0}}", "1", "u.\"\"", "number_not_kept", ""},
        {"{\"type\":\"mailbox\",\n\"connection\":{\"server\":\"s\"}}", "1", "name", "missing", ""},
        {"{\"name\":\"x\",\n\"connection\":{\"server\":\"s\"}}", "1", "type", "missing", ""},
        {"{\"type\":\"mailbox\",\"name\":\"x\"}", "1", "connection.server", "missing", ""},
        {"{\"type\":\"mailbox\",\"name\":\"x\",\n\n\"connection\":{}}", "3", "connection.server",
         "missing", ""},
        {"{\"type\":\"ocr\",\"name\":\"x\",\n\"connection\":{\n\"port\":\n\"993\"}}", "3",
         "connection.port", "must_be_whole_number", "text"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":{\"port\":993.5}}", "1",
         "connection.port", "must_be_whole_number", "number"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":{\"port\":4294967296}}", "1",
         "connection.port", "must_be_whole_number", "number"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":{\"encryption\":\"ssl\"}}", "1",
         "connection.encryption", "must_be_one_of", ""},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":{\"account_type\":\"pop3\"}}", "1",
         "connection.account_type", "must_be_one_of", ""},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":{\"oauth\":{\"provider\":\"x\"}}}", "1",
         "connection.oauth.provider", "must_be_one_of", ""},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":{\"oauth\":{\"flow\":1}}}", "1",
         "connection.oauth.flow", "must_be_one_of", "number"},
        {"{\"type\":\"pop3\",\"name\":\"x\"}", "1", "type", "must_be_one_of", ""},
        {"{\"type\":7}", "1", "type", "must_be_one_of", "number"},
        {"{\"type\":\"ocr\",\"name\":7}", "1", "name", "must_be_text", "number"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":{\"proxy\":1}}", "1", "connection.proxy",
         "must_be_text_or_null", "number"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"connection\":7}", "1", "connection", "must_be_object",
         "number"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"general\":{\"delete_after_document\":\"yes\"}}", "1",
         "general.delete_after_document", "must_be_true_or_false", "text"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"list\":{\"columns\":[\"a\",\n1]}}", "1",
         "list.columns", "must_be_list_of_texts", "number"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\n\"name\":\"y\"}", "2", "name", "duplicate_key", ""},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"version\":\"1\"}", "1", "version", "wrong_version",
         "text"},
        {"{\"type\":\"ocr\",\"name\":\"x\",\"version\":0}", "1", "version", "wrong_version", "0"},
        {"{\"type\":\"ocr\",\"name\":\"\xFF\"}", "1", "", "not_utf8", ""},
    };
    for (const Row& row : rows) {
        const auto point = parse_point(row.json);
        ASSERT_FALSE(point) << row.json;
        EXPECT_EQ(point.error().cause, Cause::point_damaged) << row.json;
        EXPECT_EQ(point.error().fact("line"), row.line) << row.json;
        EXPECT_EQ(point.error().fact("field"), row.field) << row.json;
        EXPECT_EQ(point.error().fact("reason"), row.reason) << row.json;
        EXPECT_EQ(point.error().fact("seen"), row.seen) << row.json;
    }
}

TEST(PointFile, the_same_key_in_objects_of_a_list_is_no_fault) {
    const Point point = parsed(R"({"type":"ocr","name":"x","later":[{"a":1},{"a":2,"b":{"c":1}},
        {"b":{"c":2}}]})");
    EXPECT_NE(point.unknown_keys.find(R"([{"a":1},{"a":2,)"), std::string::npos);
}

TEST(PointFile, a_key_with_a_dot_is_not_taken_for_one_in_an_object) {
    for (const std::string keys :
         {R"("connection":{"server":"s"},"connection.server":1)",
          R"("u":[{"a":{"b":2}}],"u.0.a.b":1)", R"("u":{"a":1},"u/a":2,"u~1a":3,"u~a":4,"/u/a":5)",
          R"("":{"u":1},"u":2,".u":3)"}) {
        SCOPED_TRACE(keys);
        EXPECT_FALSE(parsed(R"({"type":"ocr","name":"x",)" + keys + "}").unknown_keys.empty());
    }
    const auto twice = parse_point("{\"u\":{\"a\":1,\n\"a\":2},\"type\":\"ocr\"}");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().fact("field"), "u.a") << "shown with dots";
    EXPECT_EQ(twice.error().fact("line"), "2");
    const auto later = parse_point("{\"connection.port\":1,\"type\":\"ocr\",\"name\":\"x\","
                                   "\n\"connection\":{\n\"port\":\"y\"}}");
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().fact("line"), "3") << "that of the field, not of its namesake";
}

TEST(PointFile, nesting_without_end_is_refused) {
    const std::string deep = R"({"type":"ocr","name":"x","a":)" + std::string(100'000, '[') +
                             std::string(100'000, ']') + "}";
    EXPECT_EQ(parse_point(deep).error().fact("reason"), "too_deep");
    EXPECT_EQ(parse_point(deep).error().fact("limit"), "64");
    const std::string open = R"({"type":"ocr","name":"x","a":)" + std::string(100, '[');
    EXPECT_EQ(parse_point(open).error().fact("reason"), "too_deep") << "that comes first";
}

TEST(PointFile, a_fault_says_where_in_the_line_and_what_would_be_right) {
    const auto misspelt = parse_point("{\n  \"żółć\": nil\n}");
    EXPECT_EQ(misspelt.error().fact("column"), "12") << "letters, not octets";
    const auto word =
        parse_point(R"({"type":"ocr","name":"x","connection":{"authentication":"hunter2"}})");
    EXPECT_EQ(word.error().fact("expected"), R"("password", "oauth2")");
    for (const auto& [key, value] : word.error().facts)
        EXPECT_EQ(value.find("hunter2"), std::string::npos) << "it may be a secret";
}

TEST(PointFile, a_number_that_could_not_be_kept_is_refused_wherever_it_is) {
    struct Row {
        const char *later, *line, *field;
    };
    const Row rows[] = {
        {R"("later":18446744073709551616)", "2", "later"},
        {R"("later":-9223372036854775809,"name":"y")", "2", "later"},
        {"\"later\":\n{\"a\":\n123456789012345678901234567890\n}", "3", "later.a"},
        {"\"later\":[1,[2,\n{\"a\":[100000000000000000000]}]]", "3", "later.1.1.a"},
        {"\"later\":[1,[100000000000000000000]]", "2", "later"},
        {"\"later\":0.1000000000000000000001", "2", "later"},
        {"\"later\":-0\n", "2", "later"},
        {"\"later\":1e-999", "2", "later"},
    };
    for (const Row& row : rows) {
        const auto point = parse_point("{\"type\":\"ocr\",\n" + std::string(row.later) + "}");
        ASSERT_FALSE(point) << row.later;
        EXPECT_EQ(point.error().fact("reason"), "number_not_kept") << row.later;
        EXPECT_EQ(point.error().fact("line"), row.line) << row.later;
        EXPECT_EQ(point.error().fact("field"), row.field) << row.later;
    }
    for (const char* kept :
         {"18446744073709551615", "-9223372036854775808", "1.5", "-0.25", "1e+30", "-0.0", "0.1",
          "1.7976931348623157e+308", "5e-324", "\"100000000000000000000\"", "[1,2.5]"}) {
        const Point point =
            parsed(R"({"type":"ocr","name":"x","later":)" + std::string(kept) + "}");
        EXPECT_EQ(point.unknown_keys, "{\"later\":" + std::string(kept) + "}");
    }
}

/// The number without an exponent and needless zeros.
std::string written_out(std::string number) {
    const std::string sign = number.starts_with('-') ? "-" : "";
    number.erase(0, sign.size());
    const std::size_t mark = std::min(number.find_first_of("eE"), number.size());
    int shift = mark < number.size() ? std::stoi(number.substr(mark + 1)) : 0;
    number.resize(mark);
    std::string whole = number.substr(0, number.find('.'));
    std::string rest = number.size() > whole.size() ? number.substr(whole.size() + 1) : "";
    for (; shift > 0; --shift) {
        whole += rest.empty() ? '0' : rest.front();
        rest.erase(0, 1);
    }
    for (; shift < 0; ++shift) {
        rest.insert(0, 1, whole.empty() ? '0' : whole.back());
        if (!whole.empty())
            whole.pop_back();
    }
    whole.erase(0, whole.find_first_not_of('0'));
    rest.erase(rest.find_last_not_of('0') + 1);
    return sign + whole + "." + rest;
}

TEST(PointFile, a_number_of_an_unknown_key_is_written_back_with_its_value_or_the_file_is_refused) {
    std::mt19937 random(20261129);
    const auto digits = [&](std::size_t most) {
        std::string made;
        for (auto n = random() % (most + 1); n > 0; --n)
            made += static_cast<char>('0' + random() % 10);
        return made;
    };
    int kept = 0, refused = 0;
    for (int n = 0; n < 5000; ++n) {
        std::string number = random() % 2 == 0 ? "-" : "";
        const std::string whole = digits(random() % 2 == 0 ? 3 : 24), rest = digits(24);
        number += whole.empty() || whole.front() == '0' ? "0" : whole;
        if (!rest.empty() && random() % 2 == 0)
            number += "." + rest;
        if (random() % 3 == 0)
            number += (random() % 2 == 0 ? "e-" : "E+") + std::to_string(random() % 330);
        const auto point = parse_point(R"({"type":"ocr","name":"x","u":{"a":[)" + number + "]}}");
        if (!point) {
            ++refused;
            const std::string reason(point.error().fact("reason"));
            EXPECT_TRUE(reason == "number_not_kept" || reason == "number_out_of_range") << number;
            EXPECT_GE(number.size(), 2U) << number;
            continue;
        }
        ++kept;
        const std::string& unknown = point->unknown_keys;
        const std::size_t begin = unknown.find('[') + 1;
        const std::string again = unknown.substr(begin, unknown.find(']') - begin);
        EXPECT_EQ(written_out(again), written_out(number)) << number;
        EXPECT_EQ(parsed(format_point(*point)), *point) << number;
    }
    EXPECT_GT(kept, 500);
    EXPECT_GT(refused, 500);
}

TEST(PointFile, a_text_that_is_only_a_long_number_is_refused_not_misread) {
    EXPECT_EQ(parse_point("100000000000000000000").error().fact("reason"), "number_not_kept");
}

TEST(JsonFaults, every_code_has_a_name_of_its_own) {
    for (std::size_t i = 0; i < json_fault_names.size(); ++i)
        EXPECT_EQ(json_fault_named(name_of(static_cast<JsonFault>(i))), static_cast<JsonFault>(i));
    for (std::size_t i = 0; i < json_kind_names.size(); ++i)
        EXPECT_EQ(json_kind_named(name_of(static_cast<JsonKind>(i))), static_cast<JsonKind>(i));
    EXPECT_EQ(json_fault_named("must be a text"), std::nullopt);
}

TEST(PointFile, a_byte_order_mark_does_not_matter) {
    EXPECT_EQ(parsed(std::string("\xEF\xBB\xBF") + short_file).name, "Faktury");
}

class PointOnDisk : public testing::Test {
protected:
    const std::string path_ = absolute_path("/ws/points/a.json");
    fakes::LossyDisk disk_;
};

TEST_F(PointOnDisk, a_file_without_an_id_has_the_same_one_at_every_load) {
    disk_.put(path_, short_file);
    const std::string id = load_point(disk_, path_)->id;
    EXPECT_EQ(id, load_point(disk_, path_)->id);
    ASSERT_EQ(id.size(), 36U);
    EXPECT_EQ(id[14], '8');
    const std::string other = absolute_path("/ws/points/b.json");
    disk_.put(other, short_file);
    EXPECT_NE(load_point(disk_, other)->id, id);
    EXPECT_EQ(disk_.content(path_), short_file) << "loading writes nothing";
}

TEST_F(PointOnDisk, errors_name_the_file) {
    disk_.put(path_, "{");
    EXPECT_EQ(load_point(disk_, path_).error().fact("file"), path_);
    const auto missing = load_point(disk_, path_ + "x");
    EXPECT_EQ(missing.error().cause, Cause::file_not_found);
    EXPECT_EQ(missing.error().layer, Layer::point);
    EXPECT_EQ(missing.error().fact("file"), path_ + "x");
    disk_.put(path_, std::string(2U << 20, ' '));
    EXPECT_EQ(load_point(disk_, path_).error().cause, Cause::point_damaged);
}

TEST_F(PointOnDisk, saving_keeps_the_version_before) {
    disk_.put(path_, short_file);
    Point point = load_point(disk_, path_).value();
    point.name = "Inna nazwa";
    EXPECT_TRUE(save_point(disk_, path_, point));
    EXPECT_EQ(load_point(disk_, path_).value(), point);
    EXPECT_EQ(disk_.content(path_ + ".bak"), short_file);
}

TEST_F(PointOnDisk, a_file_of_a_newer_program_is_refused_and_not_changed) {
    const std::string newer = R"({"version":2,"type":"mailbox","mailboxes":[{"server":"a"}]})";
    disk_.put(path_, newer);
    const auto loaded = load_point(disk_, path_);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().cause, Cause::point_newer);
    EXPECT_EQ(loaded.error().fact("version"), "2");
    EXPECT_EQ(save_point(disk_, path_, parsed(short_file)).error().cause, Cause::point_newer);
    EXPECT_EQ(disk_.content(path_), newer);
    EXPECT_EQ(disk_.files().size(), 1U);
}

TEST_F(PointOnDisk, a_damaged_file_or_an_unreadable_one_is_not_written_over) {
    disk_.put(path_, "{\n\"name\": damaged");
    const auto refused = save_point(disk_, path_, parsed(short_file));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::point_damaged);
    EXPECT_EQ(refused.error().fact("file"), path_);
    EXPECT_EQ(refused.error().fact("line"), "2");
    EXPECT_EQ(disk_.content(path_), "{\n\"name\": damaged");
    disk_.put(path_, short_file);
    disk_.fail_call(1, Cause::no_permission_there);
    EXPECT_EQ(save_point(disk_, path_, parsed(short_file)).error().cause,
              Cause::no_permission_there);
    EXPECT_EQ(disk_.files().size(), 1U);
}

TEST_F(PointOnDisk, a_read_only_disk_is_said_and_leaves_the_old_file) {
    disk_.put(path_, short_file);
    Point point = parsed(short_file);
    point.name = "Inna nazwa";
    unsigned refusals = 0;
    for (unsigned n = 1; n < 100; ++n) {
        disk_.fail_call(n, Cause::no_permission_there);
        const auto saved = save_point(disk_, path_, point);
        disk_.heal();
        if (saved)
            break;
        ++refusals;
        EXPECT_EQ(saved.error().cause, Cause::no_permission_there);
        EXPECT_EQ(saved.error().fact("file"), path_);
        const auto kept = load_point(disk_, path_);
        ASSERT_TRUE(kept) << n;
        EXPECT_TRUE(kept->name == "Faktury" || kept->name == "Inna nazwa") << n;
    }
    EXPECT_GT(refusals, 4U);
}

TEST_F(PointOnDisk, a_full_disk_leaves_the_old_file) {
    disk_.put(path_, short_file);
    disk_.set_room(100);
    EXPECT_EQ(save_point(disk_, path_, parsed(short_file)).error().cause, Cause::disk_full);
    EXPECT_EQ(disk_.content(path_), short_file);
}

TEST(EndpointOf, is_what_the_point_says) {
    Connection connection;
    connection.server = "imap.firma.example";
    connection.encryption = net::Encryption::starttls;
    connection.port = 143;
    connection.proxy = "";
    connection.ca_file = "/ca.pem";
    connection.pinned_certificate = std::string(64, 'a');
    connection.allow_cleartext = true;
    const net::Endpoint endpoint = endpoint_of(connection);
    EXPECT_EQ(endpoint.host, connection.server);
    EXPECT_EQ(endpoint.port, 143);
    EXPECT_EQ(endpoint.encryption, connection.encryption);
    EXPECT_EQ(endpoint.proxy, connection.proxy);
    EXPECT_EQ(endpoint.ca_file, connection.ca_file);
    EXPECT_EQ(endpoint.pinned_certificate, connection.pinned_certificate);
    EXPECT_TRUE(endpoint.allow_cleartext);
    for (const int port : {-1, 0, 65'536, 99'300}) {
        connection.port = port;
        EXPECT_EQ(endpoint_of(connection).port, 0);
    }
}

}  // namespace mail::point
