#include "mail/point/operators.h"

#include <algorithm>
#include <array>
#include <set>

#include "mail/base/utf8.h"
#include "mail/point/json_fields.h"
#include "mail/point/json_file.h"
#include "mail/point/slug.h"

namespace mail::point {

namespace {

constexpr int current_version = 1;
constexpr std::array<Migration, current_version - 1> steps{};

/// As visit_point(): read and written by the same list.
template <class Visitor, class Value>
void visit_operator(Visitor& visitor, Value& one) {
    visitor.text("id", one.id);
    visitor.text("account", one.account);
    visitor.text("account_name", one.account_name);
    visitor.text("name", one.name);
    visitor.flag("administrator", one.administrator);
    visitor.flag("points_area", one.points_area);
}

/// The first thing that the types of the values don't tell.
std::optional<FieldFault> fault_of(const Operators& operators) {
    std::set<std::string> ids;
    std::set<std::pair<std::string, std::string>> accounts;
    for (std::size_t i = 0; i < operators.size(); ++i) {
        const Operator& one = operators[i];
        const std::string place = "operators." + std::to_string(i);
        if (one.id.empty() || one.account.empty() || one.account_name.empty()) {
            const char* empty = one.id.empty()        ? ".id"
                                : one.account.empty() ? ".account"
                                                      : ".account_name";
            return FieldFault{place + empty, JsonFault::missing};
        }
        if (!ids.insert(one.id).second)
            return FieldFault{place + ".id", JsonFault::duplicate_id};
        if (!accounts.emplace(one.account, one.account_name).second)
            return FieldFault{place + ".account", JsonFault::duplicate_account};
    }
    if (std::ranges::none_of(operators, &Operator::administrator))
        return FieldFault{"operators", JsonFault::no_administrator};
    return std::nullopt;
}

}  // namespace

Result<OperatorsFile> parse_operators(std::string_view json) {
    const auto parsed = parse_versioned(json, steps);
    if (!parsed)
        return tl::unexpected(parsed.error());
    OperatorsFile file;
    std::optional<FieldFault> fault;
    FieldReader reader(parsed->value, "", fault);
    reader.require("operators", parsed->value.contains("operators"));
    reader.objects("operators", file.operators,
                   [](FieldReader& inner, Operator& one) { visit_operator(inner, one); });
    if (!fault)
        fault = fault_of(file.operators);
    if (fault)
        return damaged(parsed->line_of(fault->field), *fault);
    file.unknown_keys = unknown_text(reader.rest());
    return file;
}

std::string format_operators(const OperatorsFile& file) {
    const Json unknown = unknown_from(file.unknown_keys);
    FieldWriter writer(unknown);
    if (const auto schema = unknown.find("$schema"); schema != unknown.end())
        writer.put("$schema", *schema);
    writer.put("version", current_version);
    writer.objects("operators", file.operators,
                   [](FieldWriter& inner, const Operator& one) { visit_operator(inner, one); });
    return text_of(std::move(writer).finish());
}

Result<OperatorsFile> load_operators(Disk& disk, const std::string& path) {
    const auto content = read_json_file(disk, path);
    if (!content && content.error().cause == Cause::file_not_found)
        return OperatorsFile{};
    if (!content)
        return tl::unexpected(content.error());
    return parse_operators(*content).map_error(
        [&](Error error) { return with_file(std::move(error), path); });
}

Result<void> save_operators(Disk& disk, const std::string& path, const Operators& operators) {
    auto file = load_operators(disk, path);
    if (!file)
        return tl::unexpected(std::move(file).error());
    file->operators = operators;
    const std::string text = format_operators(*file);
    return replace_json_file(disk, path, text,
                             parse_operators(text).map([](const OperatorsFile&) {}));
}

const Operator* operator_of(const Operators& operators, const SystemAccount& account) {
    const auto same_name = [&](const std::string& name) {
        return account.name_case_counts ? name == account.account_name
                                        : utf8::folded(name) == utf8::folded(account.account_name);
    };
    const auto found = std::ranges::find_if(operators, [&](const Operator& one) {
        return one.account == account.account && same_name(one.account_name);
    });
    return found == operators.end() ? nullptr : &*found;
}

Operator operator_for(const SystemAccount& account, const Operators& others) {
    Operator made;
    made.id = free_operator_id(account.account_name, others);
    made.account = account.account;
    made.account_name = made.name = account.account_name;
    return made;
}

std::string free_operator_id(std::string_view account_name, const Operators& others) {
    const std::string stem = slug_of(account_name, "operator");
    std::string id = stem;
    for (unsigned number = 2; std::ranges::find(others, id, &Operator::id) != others.end();
         ++number)
        id = stem + "-" + std::to_string(number);
    return id;
}

bool may_define(const Operators& operators, const Operator* me) {
    return operators.empty() || (me != nullptr && me->administrator);
}

bool may_see(const Point& point, const Operators& operators, const Operator* me) {
    if (may_define(operators, me))
        return true;
    return me != nullptr && std::ranges::find(point.operators, me->id) != point.operators.end();
}

bool may_see_points(const std::vector<const Point*>& points, const Operators& operators,
                    const Operator* me) {
    return may_define(operators, me) || (me != nullptr && me->points_area) ||
           std::ranges::any_of(points,
                               [&](const Point* point) { return may_see(*point, operators, me); });
}

std::string administrators_of(const Operators& operators) {
    std::string names;
    for (const Operator& one : operators)
        if (one.administrator)
            names += (names.empty() ? "" : ", ") + (one.name.empty() ? one.account_name : one.name);
    return names;
}

}  // namespace mail::point
