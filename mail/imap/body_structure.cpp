#include "mail/imap/body_structure.h"

#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/envelope.h"

namespace mail::imap {

namespace {

constexpr std::size_t max_parameters = 1'000;
/// A text in two forms and a few files.
constexpr std::size_t usual_nodes = 6;

/// Where a body stands.
struct Place {
    int parent = -1;
    int depth = 0;
    std::string section;  ///< of what it is the body of, "" at the top
    /// It is the body of a mail: one that is no multipart is its part 1.
    bool of_message = false;
};

class StructureParser {
public:
    StructureParser(Cursor& cursor, const StructureLimits& limits)
        : cursor_(cursor), limits_(limits) {}

    BodyStructure parse() {
        nodes_.reserve(usual_nodes);
        body({-1, 0, "", true});
        return cursor_.failed() ? BodyStructure{} : std::move(nodes_);
    }

private:
    void body(Place place) {
        if (place.depth >= limits_.max_depth)
            cursor_.refuse(Cause::nesting_too_deep);
        if (nodes_.size() >= limits_.max_nodes)
            cursor_.refuse(Cause::too_many_parts);
        cursor_.expect('(');
        if (cursor_.failed())
            return;
        if (cursor_.sees('('))
            body_type_mpart(place);
        else
            body_type_1part(std::move(place));
        cursor_.skip_to_list_end();
    }

    void body_type_mpart(const Place& place) {
        const std::size_t self = add(place.parent, place.section);
        nodes_[self].type = "multipart";
        for (int number = 1; cursor_.sees('(') && !cursor_.failed(); ++number) {
            std::string section = place.section;
            if (!section.empty())
                section += '.';
            section += std::to_string(number);
            body({static_cast<int>(self), place.depth + 1, std::move(section), false});
            cursor_.blanks();
        }
        nodes_[self].subtype = lower(cursor_.nstring());
        body_ext_mpart(self);
    }

    void body_type_1part(Place place) {
        std::string type = lower(cursor_.nstring());
        cursor_.blank();
        // A multipart without any part has no children to be known by: ("mixed" ("boundary" …) …
        if (cursor_.sees('(')) {
            const std::size_t self = add(place.parent, std::move(place.section));
            nodes_[self].type = "multipart";
            nodes_[self].subtype = std::move(type);
            nodes_[self].parameters = parameters();
            return;
        }
        if (place.of_message)
            place.section += place.section.empty() ? "1" : ".1";
        const std::size_t self = add(place.parent, std::move(place.section));
        const bool is_text = type == "text";
        const bool is_message = type == "message";
        nodes_[self].type = std::move(type);
        nodes_[self].subtype = lower(cursor_.nstring());
        body_fields(self);
        if (is_text && field_follows())
            (void)cursor_.lenient_number();  // lines
        if (is_message && holds_a_message(nodes_[self].subtype))
            message_inside(self, place.depth);
        body_ext_1part(self);
    }

    [[nodiscard]] static bool holds_a_message(std::string_view subtype) {
        return subtype == "rfc822" || subtype == "global";
    }

    void message_inside(std::size_t self, int depth) {
        // Some servers describe an attached mail as a plain file, without what is in it.
        if (!field_follows() || !(cursor_.sees('(') || cursor_.sees_word("NIL")))
            return;
        (void)parse_envelope(cursor_);
        cursor_.blank();
        body({static_cast<int>(self), depth + 1, nodes_[self].section, true});
        if (field_follows())
            (void)cursor_.lenient_number();  // lines
    }

    void body_fields(std::size_t self) {
        cursor_.blank();
        RawParameters found = parameters();
        cursor_.blank();
        std::string id = cursor_.nstring();
        cursor_.blank();
        cursor_.skip_value();  // description
        cursor_.blank();
        std::string encoding = lower(cursor_.nstring());
        cursor_.blank();
        BodyNode& node = nodes_[self];
        node.parameters = std::move(found);
        node.raw_id = std::move(id);
        node.encoding = std::move(encoding);
        node.size_octets = cursor_.lenient_number();
    }

    void body_ext_1part(std::size_t self) {
        if (!field_follows())
            return;
        cursor_.skip_value();  // MD5
        if (field_follows())
            disposition(self);
    }

    void body_ext_mpart(std::size_t self) {
        if (!field_follows())
            return;
        nodes_[self].parameters = parameters();
        if (field_follows())
            disposition(self);
    }

    void disposition(std::size_t self) {
        if (!cursor_.take('(')) {
            nodes_[self].disposition = lower(cursor_.nstring());
            return;
        }
        nodes_[self].disposition = lower(cursor_.nstring());
        if (field_follows())
            nodes_[self].disposition_parameters = parameters();
        cursor_.skip_to_list_end();
    }

    RawParameters parameters() {
        RawParameters found;
        if (!cursor_.take('(')) {
            if (!cursor_.nstring().empty())
                cursor_.refuse();
            return found;
        }
        while (field_follows()) {
            std::string key = lower(cursor_.nstring());
            if (!field_follows())
                break;
            if (is_wanted(key) && found.size() < max_parameters)
                found.emplace_back(std::move(key), cursor_.nstring());
            else
                cursor_.skip_value();
        }
        cursor_.expect(')');
        return found;
    }

    [[nodiscard]] static bool is_wanted(std::string_view key) {
        return key.starts_with("name") || key.starts_with("filename") || key == "charset" ||
               key == "format" || key == "delsp";
    }

    /// Moves to the next field of the list, if the server gives one.
    bool field_follows() {
        cursor_.blanks();
        return !cursor_.failed() && !cursor_.at_end() && !cursor_.sees(')');
    }

    std::size_t add(int parent, std::string section) {
        BodyNode& node = nodes_.emplace_back();
        node.parent = parent;
        node.section = std::move(section);
        return nodes_.size() - 1;
    }

    Cursor& cursor_;
    const StructureLimits& limits_;
    BodyStructure nodes_;
};

}  // namespace

BodyStructure parse_body_structure(Cursor& cursor, const StructureLimits& limits) {
    return StructureParser(cursor, limits).parse();
}

}  // namespace mail::imap
