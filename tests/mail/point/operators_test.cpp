#include "mail/point/operators.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/fakes/lossy_disk.h"

namespace mail::point {

namespace {

const Operator ala{"ala", "1000", "ala", "Ala Nowak", true, true};
const Operator jan{"jan", "1001", "jan", "Jan Wójcik", false, false};
const Operator ewa{"ewa", "1002", "ewa", "", false, true};
const Operators office{ala, jan, ewa};

Point point_of(std::vector<std::string> operators) {
    Point point;
    point.operators = std::move(operators);
    return point;
}

}  // namespace

TEST(OperatorsFile, what_is_saved_is_what_is_loaded) {
    std::mt19937 random(20261128);
    const std::vector<std::string> texts{"", "Łucja \"Ł\"", "a\nb", "\xF0\x9F\x93\xA7",
                                         "S-1-5-21-7"};
    const std::vector<std::string> unknown{"", R"({"phone":null,"groups":[{"a":1},{"a":[]}]})"};
    for (int n = 0; n < 300; ++n) {
        OperatorsFile file;
        for (std::size_t i = 0; i <= random() % 5; ++i)
            file.operators.push_back(
                {std::to_string(i) + texts[random() % 5], std::to_string(i) + texts[random() % 5],
                 "n" + texts[random() % 5], texts[random() % 5], i == 0 || random() % 2 == 0,
                 random() % 2 == 0, unknown[random() % 2]});
        file.unknown_keys = unknown[random() % 2];
        const std::string text = format_operators(file);
        const auto read = parse_operators(text);
        ASSERT_TRUE(read) << text << read.error().fact("reason");
        ASSERT_EQ(*read, file) << text;
        ASSERT_EQ(format_operators(*read), text);
    }
}

TEST(OperatorsFile, every_fault_names_its_line_its_field_and_the_reason) {
    struct Row {
        const char *json, *line, *field, *reason;
    };
    const Row rows[] = {
        {"", "1", "", "unexpected_end"},
        {"{}", "1", "operators", "missing"},
        {"{\"operators\":{}}", "1", "operators", "must_be_list_of_objects"},
        {"{\"operators\":[7]}", "1", "operators", "must_be_list_of_objects"},
        {"{\n\"operators\":[]}", "2", "operators", "no_administrator"},
        {"{\"operators\":[\n{\"id\":\"a\",\"account\":\"1\",\"account_name\":\"a\"}]}", "1",
         "operators", "no_administrator"},
        {"{\"operators\":[{\"account\":\"1\",\"account_name\":\"a\",\"administrator\":true}]}", "1",
         "operators.0.id", "missing"},
        {"{\"operators\":[{\"id\":\"a\",\"account\":1}]}", "1", "operators.0.account",
         "must_be_text"},
        {"{\"operators\":[\n{\"id\":\"a\",\"account\":\"1\",\"account_name\":\"a\"},\n"
         "{\"id\":\"a\",\"account\":\"2\",\"account_name\":\"b\"}]}",
         "3", "operators.1.id", "duplicate_id"},
        {"{\"operators\":[{\"id\":\"a\",\"account\":\"1\",\"account_name\":\"a\"},\n"
         "{\"id\":\"b\",\"account\":\"1\",\"account_name\":\"a\"}]}",
         "2", "operators.1.account", "duplicate_account"},
        {"{\"operators\":[\n{\"id\":\"a\",\n\"administrator\":1}]}", "3",
         "operators.0.administrator", "must_be_true_or_false"},
    };
    for (const Row& row : rows) {
        const auto file = parse_operators(row.json);
        ASSERT_FALSE(file) << row.json;
        EXPECT_EQ(file.error().cause, Cause::point_damaged) << row.json;
        EXPECT_EQ(file.error().fact("line"), row.line) << row.json;
        EXPECT_EQ(file.error().fact("field"), row.field) << row.json;
        EXPECT_EQ(file.error().fact("reason"), row.reason) << row.json;
    }
}

class OperatorsOnDisk : public testing::Test {
protected:
    const std::string path_ = absolute_path("/ws/operators.json");
    fakes::LossyDisk disk_;
};

TEST_F(OperatorsOnDisk, no_file_is_nobody) {
    EXPECT_TRUE(load_operators(disk_, path_)->operators.empty());
}

TEST_F(OperatorsOnDisk, saving_keeps_unknown_keys_and_the_version_before) {
    const std::string before = R"({"version":1,"office":"Kraków","operators":[{"id":"ala",
        "account":"1000","account_name":"ala","administrator":true,"phone":"12"}]})";
    disk_.put(path_, before);
    Operators operators = load_operators(disk_, path_)->operators;
    operators.push_back(jan);
    ASSERT_TRUE(save_operators(disk_, path_, operators));
    EXPECT_EQ(disk_.content(path_ + ".bak"), before);
    const auto saved = load_operators(disk_, path_).value();
    EXPECT_EQ(saved.operators, operators);
    EXPECT_EQ(saved.operators[0].unknown_keys, R"({"phone":"12"})");
    EXPECT_EQ(saved.unknown_keys, R"({"office":"Kraków"})");
}

TEST_F(OperatorsOnDisk, what_cannot_be_read_is_not_written_over) {
    for (const auto& [content, cause] : {std::pair{"{", Cause::point_damaged},
                                         std::pair{R"({"version":2})", Cause::point_newer}}) {
        disk_.put(path_, content);
        const auto refused = save_operators(disk_, path_, office);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().cause, cause);
        EXPECT_EQ(refused.error().fact("file"), path_);
        EXPECT_EQ(disk_.content(path_), content);
        EXPECT_EQ(disk_.files().size(), 1U);
    }
}

TEST_F(OperatorsOnDisk, a_full_disk_leaves_the_old_file) {
    disk_.put_folder(parent_path(path_));
    ASSERT_TRUE(save_operators(disk_, path_, {ala}));
    const auto before = disk_.content(path_);
    disk_.set_room(20);
    EXPECT_EQ(save_operators(disk_, path_, office).error().cause, Cause::disk_full);
    EXPECT_EQ(disk_.content(path_), before);
}

TEST(OperatorOf, is_the_one_with_the_account_and_the_name) {
    EXPECT_EQ(operator_of(office, {"1001", "jan", true}), &office[1]);
    EXPECT_EQ(operator_of(office, {"1001", "JAN", true}), nullptr);
    EXPECT_EQ(operator_of(office, {"1001", "ala", true}), nullptr) << "the number went to another";
    EXPECT_EQ(operator_of(office, {"2001", "jan", true}), nullptr) << "another Jan";
    EXPECT_EQ(operator_of({}, {"1001", "jan", true}), nullptr);
}

TEST(OperatorOf, the_case_of_the_name_does_not_count_on_windows) {
    const Operators one{{"lucja", "S-1-5-21-7", "Łucja", "", true, true}};
    EXPECT_EQ(operator_of(one, {"S-1-5-21-7", "łUCJA", false}), &one[0]);
    EXPECT_EQ(operator_of(one, {"S-1-5-21-8", "Łucja", false}), nullptr);
}

TEST(OperatorIds, come_from_the_accounts_name_and_are_not_given_twice) {
    EXPECT_EQ(free_operator_id("Jan Wójcik", office), "jan-wojcik");
    EXPECT_EQ(free_operator_id("jan", office), "jan-2");
    EXPECT_EQ(free_operator_id("发票", office), "operator");
    const Operator made = operator_for({"1003", "jan", true}, office);
    EXPECT_EQ(made, (Operator{"jan-2", "1003", "jan", "jan", false, false}));
}

TEST(OperatorRules, only_administrators_define) {
    EXPECT_TRUE(may_define(office, &office[0]));
    EXPECT_FALSE(may_define(office, &office[1]));
    EXPECT_FALSE(may_define(office, nullptr));
    EXPECT_TRUE(may_define({}, nullptr)) << "as long as there are no rules";
}

TEST(OperatorRules, only_those_named_on_a_point_see_it_and_administrators) {
    const Point jans = point_of({"jan"}), nobodys = point_of({});
    EXPECT_TRUE(may_see(jans, office, &office[0]));
    EXPECT_TRUE(may_see(jans, office, &office[1]));
    EXPECT_FALSE(may_see(jans, office, &office[2])) << "the area of points is not a point";
    EXPECT_FALSE(may_see(jans, office, nullptr));
    EXPECT_TRUE(may_see(nobodys, office, &office[0]));
    EXPECT_FALSE(may_see(nobodys, office, &office[1]));
    EXPECT_TRUE(may_see(nobodys, {}, nullptr));
}

TEST(OperatorRules, being_named_on_a_point_opens_the_area_of_points) {
    const Point jans = point_of({"jan"}), nobodys = point_of({});
    EXPECT_TRUE(may_see_points({&nobodys, &jans}, office, &office[1]));
    EXPECT_FALSE(may_see_points({&nobodys}, office, &office[1]));
    EXPECT_TRUE(may_see_points({}, office, &office[2]));
    EXPECT_TRUE(may_see_points({}, office, &office[0]));
    EXPECT_FALSE(may_see_points({&jans}, office, nullptr));
    EXPECT_TRUE(may_see_points({}, {}, nullptr));
}

TEST(OperatorRules, the_administrators_are_named_as_they_are_shown) {
    Operators two = office;
    two[2].administrator = true;
    EXPECT_EQ(administrators_of(two), "Ala Nowak, ewa");
}

TEST(SystemAccount, is_the_same_at_every_call_and_has_a_name) {
    const SystemAccount me = system_account();
    EXPECT_FALSE(me.account.empty());
    EXPECT_FALSE(me.account_name.empty());
    EXPECT_EQ(system_account().account, me.account);
    EXPECT_EQ(system_account().account_name, me.account_name);
}

}  // namespace mail::point
