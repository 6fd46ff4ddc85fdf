#include "mail/work/forecast.h"

#include <gtest/gtest.h>

#include "mail/work/choose.h"

namespace mail::work {

namespace {

PartView part(const std::string& name, Verdict verdict, Reason reason = Reason::attachment,
              std::uint64_t size = 100) {
    PartView view;
    view.part.path = "2";
    view.part.name = name;
    view.type = view.part.type = "application/pdf";
    view.verdict = verdict;
    view.reason = reason;
    view.size_octets = size;
    return view;
}

MessageRow row(std::uint32_t uid, const Parts& parts) {
    MessageRow row;
    row.uid = uid;
    row.subject = "Faktura " + std::to_string(uid);
    row.sender_address = "biuro@zak.example";
    row.parts = PartList(parts);
    return row;
}

point::Point point_naming(const std::string& naming) {
    point::Point point;
    point.name = "Koszty";
    point.general.naming = naming;
    return point;
}

}  // namespace

TEST(Forecast, files_are_named_as_the_point_says_and_counted_within_their_message) {
    const Forecast all =
        forecast({row(7, {part("a.pdf", Verdict::will_be_taken), part("logo.png", Verdict::skipped),
                          part("b.pdf", Verdict::will_be_taken)})},
                 point_naming("{point}-{number}-{name}"));
    ASSERT_EQ(all.messages.size(), 1U);
    const auto& files = all.messages[0].files;
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files[0].file, "Koszty-1-a.pdf");
    EXPECT_EQ(files[1].file, "") << "it does not become one";
    EXPECT_EQ(files[2].file, "Koszty-2-b.pdf");
    EXPECT_EQ(all.files, 2U);
    EXPECT_EQ(all.skipped, 1U);
    EXPECT_EQ(all.octets, 200U) << "of what becomes files";
}

TEST(Forecast, what_is_no_attachment_is_not_listed_and_the_message_counts_as_without) {
    const Forecast all = forecast({row(1, {part("", Verdict::not_attachment, Reason::body)}),
                                   row(2, {part("x.exe", Verdict::needs_you, Reason::executable)})},
                                  point_naming("{name}"));
    EXPECT_EQ(all.without, 1U);
    EXPECT_EQ(all.need_you, 1U);
    EXPECT_EQ(all.messages[0].uid, 2U) << "the newest first";
    EXPECT_TRUE(all.messages[1].files.empty());
}

TEST(Forecast, what_has_to_be_read_and_what_can_not_be_listed_say_so) {
    MessageRow tnef = row(3, {part("winmail.dat", Verdict::not_attachment, Reason::container)});
    tnef.whole_needed = true;
    MessageRow broken = row(4, {});
    broken.whole_needed = true;
    broken.structure_error = Error{Cause::reply_malformed, Layer::list, Reach::message, {}};
    const Forecast all = forecast({tnef, broken}, point_naming("{name}"));
    EXPECT_EQ(all.have_to_be_read, 1U);
    EXPECT_EQ(all.without, 0U);
    EXPECT_TRUE(all.messages[0].error);
    EXPECT_FALSE(all.messages[0].has_to_be_read) << "nothing is known that could be read";
    EXPECT_TRUE(all.messages[1].has_to_be_read);
}

TEST(Forecast, where_only_graphic_files_are_wanted_the_others_are_not_counted_as_files) {
    PartView docx = part("umowa.docx", Verdict::will_be_taken);
    docx.type = docx.part.type = "application/octet-stream";
    PartView xml = part("wykaz.xml", Verdict::will_be_taken);
    xml.type = xml.part.type = "text/xml";
    PartView scan = part("skan", Verdict::will_be_taken);
    scan.type = scan.part.type = "application/octet-stream";
    const std::vector<MessageRow> rows{
        row(1, {docx, part("a.pdf", Verdict::will_be_taken), xml, scan})};
    point::Point point = point_naming("{number}-{name}");
    EXPECT_EQ(forecast(rows, point).files, 4U);

    point.general.only_graphic_attachments = true;
    const Forecast all = forecast(rows, point);
    EXPECT_EQ(all.files, 2U);
    EXPECT_EQ(all.octets, 200U);
    EXPECT_EQ(all.skipped, 2U);
    const auto& files = all.messages[0].files;
    ASSERT_EQ(files.size(), 4U);
    EXPECT_EQ(files[0].verdict, Verdict::skipped);
    EXPECT_EQ(files[0].reason, Reason::not_graphic);
    EXPECT_EQ(files[0].file, "");
    EXPECT_EQ(files[1].file, "2-a.pdf") << "as it is numbered when it is taken";
    EXPECT_EQ(files[1].reason, Reason::attachment);
    EXPECT_EQ(files[2].reason, Reason::not_graphic);
    // Only its content will tell.
    EXPECT_EQ(files[3].verdict, Verdict::will_be_taken);
    EXPECT_EQ(files[3].reason, Reason::not_graphic);
    EXPECT_EQ(files[3].file, "4-skan.bin");
}

}  // namespace mail::work
