#include "mail/work/part_list.h"

#include <gtest/gtest.h>

#include "mail/work/message.h"

namespace mail::work {

namespace {

PartView full_part() {
    PartView view;
    view.part.parent = 3;
    view.part.path = "1.2/1";
    view.part.type = "application/pdf";
    view.part.charset = "utf-8";
    view.part.flow = mime::Flow::flowed_without_spaces;
    view.part.name = "Faktura żółta.pdf";
    view.part.content_id = "a@b";
    view.part.encoding = "base64";
    view.part.disposition = mime::Disposition::attachment;
    view.part.size_octets = 5'000'000'000;
    view.part.has_children = true;
    view.part.repaired = {mime::Repair::boundary, mime::Repair::structure_replaced};
    view.verdict = Verdict::needs_you;
    view.reason = Reason::failed;
    view.counts = true;
    view.type = "image/tiff";
    view.size_octets = 127;
    view.sha256 = std::string(64, 'a');
    view.file = std::string("/srv/faktury/") + std::string(300, 'x');
    view.saved_at = std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000));
    view.error = Error{Cause::disk_full, Layer::target, Reach::part, {{"path", "/srv"}}};
    return view;
}

void expect_same(const PartView& got, const PartView& expected) {
    EXPECT_EQ(got.part.parent, expected.part.parent);
    EXPECT_EQ(got.part.path, expected.part.path);
    EXPECT_EQ(got.part.type, expected.part.type);
    EXPECT_EQ(got.part.charset, expected.part.charset);
    EXPECT_EQ(got.part.flow, expected.part.flow);
    EXPECT_EQ(got.part.name, expected.part.name);
    EXPECT_EQ(got.part.content_id, expected.part.content_id);
    EXPECT_EQ(got.part.encoding, expected.part.encoding);
    EXPECT_EQ(got.part.disposition, expected.part.disposition);
    EXPECT_EQ(got.part.size_octets, expected.part.size_octets);
    EXPECT_EQ(got.part.has_children, expected.part.has_children);
    EXPECT_EQ(got.part.repaired, expected.part.repaired);
    EXPECT_EQ(got.verdict, expected.verdict);
    EXPECT_EQ(got.reason, expected.reason);
    EXPECT_EQ(got.counts, expected.counts);
    EXPECT_EQ(got.type, expected.type);
    EXPECT_EQ(got.size_octets, expected.size_octets);
    EXPECT_EQ(got.sha256, expected.sha256);
    EXPECT_EQ(got.file, expected.file);
    EXPECT_EQ(got.saved_at, expected.saved_at);
    ASSERT_EQ(got.error.has_value(), expected.error.has_value());
    if (got.error) {
        EXPECT_EQ(got.error->cause, expected.error->cause);
        EXPECT_EQ(got.error->facts, expected.error->facts);
    }
}

}  // namespace

TEST(PartList, parts_come_back_as_they_were) {
    PartView plain;
    plain.part.type = plain.type = "text/plain";
    PartView last = full_part();
    last.part.parent = -1;
    last.part.name.assign("a\0b", 3);
    last.error.reset();
    const Parts parts{plain, full_part(), last};
    const Parts back = PartList(parts).unpack();
    ASSERT_EQ(back.size(), parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i)
        expect_same(back[i], parts[i]);
}

TEST(PartList, names_are_told_in_their_order) {
    PartView nameless;
    std::vector<std::string> names;
    PartList({full_part(), nameless, full_part()}).each_name([&](std::string_view name) {
        names.emplace_back(name);
    });
    EXPECT_EQ(names, (std::vector<std::string>{"Faktura żółta.pdf", "", "Faktura żółta.pdf"}));
}

TEST(PartList, none_known_and_none_there_are_told_apart) {
    EXPECT_FALSE(PartList());
    EXPECT_TRUE(PartList().unpack().empty());
    EXPECT_TRUE(PartList(Parts{}));
    EXPECT_TRUE(PartList(Parts{}).unpack().empty());
}

}  // namespace mail::work
