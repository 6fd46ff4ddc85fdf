#include "mail/work/choose.h"

#include <gtest/gtest.h>

namespace mail::work {

namespace {

mime::Part part(int parent, std::string path, std::string type, std::string name = "",
                std::uint64_t size = 200'000) {
    mime::Part part;
    part.parent = parent;
    part.path = std::move(path);
    part.type = std::move(type);
    part.name = std::move(name);
    part.size_octets = size;
    return part;
}

mime::Structure mixed(std::vector<mime::Part> leaves) {
    mime::Structure structure;
    structure.parts.push_back(part(-1, "", "multipart/mixed"));
    structure.parts[0].has_children = true;
    for (mime::Part& leaf : leaves)
        structure.parts.push_back(std::move(leaf));
    return structure;
}

mime::Part picture_in_text(std::uint64_t size) {
    mime::Part picture = part(0, "2", "image/png", "logo.png", size);
    picture.content_id = "logo@firma";
    picture.disposition = mime::Disposition::inline_;
    return picture;
}

mime::Structure related(mime::Part picture) {
    mime::Structure structure = mixed({part(0, "1", "text/html"), std::move(picture)});
    structure.parts[0].type = "multipart/related";
    return structure;
}

}  // namespace

TEST(Choose, a_pdf_is_taken_and_the_text_is_not) {
    const Parts parts =
        choose(mixed({part(0, "1", "text/plain"), part(0, "2", "application/pdf", "f.pdf")}), {});
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].reason, Reason::container);
    EXPECT_EQ(parts[1].verdict, Verdict::not_attachment);
    EXPECT_EQ(parts[1].reason, Reason::body);
    EXPECT_EQ(parts[2].verdict, Verdict::will_be_taken);
    EXPECT_TRUE(parts[2].counts);
    EXPECT_EQ(status_of(parts), Status::new_);
    EXPECT_EQ(attachments_in(parts), 1U);
}

TEST(Choose, a_mail_whose_parts_are_not_all_listed_needs_somebody) {
    mime::Structure structure = mixed({part(0, "1", "application/pdf", "f.pdf")});
    structure.complete = false;
    Parts parts = choose(structure, {});
    EXPECT_EQ(parts[0].verdict, Verdict::needs_you);
    EXPECT_EQ(parts[0].reason, Reason::too_large);
    EXPECT_EQ(parts[1].verdict, Verdict::will_be_taken);
    parts[1].verdict = Verdict::taken;
    EXPECT_EQ(status_of(parts), Status::check);
}

TEST(Choose, a_mail_that_is_the_pdf_is_taken_without_a_name) {
    mime::Structure structure;
    structure.parts.push_back(part(-1, "1", "application/pdf"));
    EXPECT_EQ(choose(structure, {})[0].verdict, Verdict::will_be_taken);
}

TEST(Choose, a_delivery_report_is_no_attachment_in_any_script) {
    for (const char* type : {"message/delivery-status", "message/global-delivery-status"}) {
        const Parts parts = choose(mixed({part(0, "1", type)}), {});
        EXPECT_EQ(parts[1].verdict, Verdict::not_attachment) << type;
        EXPECT_EQ(parts[1].reason, Reason::signature) << type;
    }
}

TEST(Choose, only_texts_are_a_message_without_attachments) {
    const Parts parts = choose(mixed({part(0, "1", "text/plain"), part(0, "2", "text/html")}), {});
    EXPECT_EQ(status_of(parts), Status::none);
    EXPECT_EQ(attachments_in(parts), 0U);
}

TEST(Choose, a_small_picture_of_the_text_is_a_logo_and_a_large_one_a_scan) {
    EXPECT_EQ(choose(related(picture_in_text(9'000)), {})[2].reason, Reason::logo);
    EXPECT_EQ(choose(related(picture_in_text(60'000)), {})[2].reason, Reason::inline_picture);
    EXPECT_EQ(choose(related(picture_in_text(400'000)), {})[2].verdict, Verdict::will_be_taken);
}

TEST(Choose, pictures_of_the_text_follow_the_point) {
    point::General general;
    general.inline_images = point::InlineImages::take;
    EXPECT_EQ(choose(related(picture_in_text(9'000)), general)[2].verdict, Verdict::will_be_taken);
    general.inline_images = point::InlineImages::skip;
    EXPECT_EQ(choose(related(picture_in_text(400'000)), general)[2].verdict, Verdict::skipped);
}

TEST(Choose, a_picture_that_is_attached_is_no_logo_however_small) {
    mime::Part picture = picture_in_text(500);
    picture.disposition = mime::Disposition::attachment;
    EXPECT_EQ(choose(related(picture), {})[2].verdict, Verdict::will_be_taken);
}

TEST(Choose, a_program_needs_the_operator_whatever_its_type_says) {
    const Parts parts = choose(mixed({part(0, "1", "application/pdf", "faktura.pdf.exe")}), {});
    EXPECT_EQ(parts[1].verdict, Verdict::needs_you);
    EXPECT_EQ(parts[1].reason, Reason::executable);
    EXPECT_EQ(status_of(parts), Status::check);
}

TEST(Choose, a_program_is_known_by_its_last_extension) {
    for (const char* name : {"a.exe", "a.PDF.Exe", "x.js", "a.exe.", "a.scr ", "link.LNK"})
        EXPECT_TRUE(is_program_name(name)) << name;
    for (const char* name : {"a.pdf", "exe", "a.exe.pdf", "raport.xlsx", "", "a.", "archiwum.zip"})
        EXPECT_FALSE(is_program_name(name)) << name;
}

TEST(Choose, only_graphic_skips_nothing_by_name_and_type_alone) {
    point::General general;
    general.only_graphic_attachments = true;
    const Parts parts = choose(
        mixed({part(0, "1", "application/zip", "a.zip"),
               part(0, "2", "application/octet-stream", "a.zip"),
               part(0, "3", "application/zip", "a.pdf"), part(0, "4", "text/xml", "wykaz.xml")}),
        general);
    for (std::size_t i = 1; i < parts.size(); ++i)
        EXPECT_EQ(parts[i].verdict, Verdict::will_be_taken) << i;
}

TEST(Choose, what_is_announced_as_graphic_is_told_by_type_or_name) {
    const auto announced = [](const std::string& type, const std::string& name) {
        PartView view;
        view.type = type;
        view.part.name = name;
        return announced_as(view);
    };
    for (const auto& [type, name] : {std::pair{"application/pdf", "faktura"},
                                     {"application/octet-stream", "FV 1.PDF"},
                                     {"application/x-pdf", "FV.pdf"},
                                     {"image/pjpeg", "skan.JPG"},
                                     {"image/heic", ""},
                                     {"text/xml", "wykaz.pdf"},
                                     {"application/pdf", "umowa.docx"}})
        EXPECT_EQ(announced(type, name), Announced::graphic) << type << " " << name;
    for (const auto& [type, name] : {std::pair{"application/zip", "a.zip"},
                                     {"application/octet-stream", "a.docx"},
                                     {"text/xml", "wykaz"},
                                     {"", "wykaz.xml"},
                                     {"image/svg+xml", "logo.svg"}})
        EXPECT_EQ(announced(type, name), Announced::other) << type << " " << name;
    for (const auto& [type, name] : {std::pair{"application/octet-stream", "skan"},
                                     {"application/octet-stream", "skan.dat"},
                                     {"", ""},
                                     {"application/octet-stream", "FV.2026"},
                                     {"image/x-unheard-of", "skan"}})
        EXPECT_EQ(announced(type, name), Announced::unknown) << type << " " << name;
}

TEST(Choose, what_may_not_be_graphic_is_of_use_only_where_that_matters) {
    point::General graphic;
    graphic.only_graphic_attachments = true;
    PartView zip = choose(mixed({part(0, "1", "application/zip", "a.zip")}), graphic)[1];
    EXPECT_TRUE(may_be_not_graphic(zip, graphic));
    EXPECT_FALSE(may_be_not_graphic(zip, {}));
    zip.decision = store::Decision::take;
    EXPECT_FALSE(may_be_not_graphic(zip, graphic)) << "somebody wants it";
    const PartView pdf = choose(mixed({part(0, "1", "application/pdf", "a.pdf")}), graphic)[1];
    EXPECT_FALSE(may_be_not_graphic(pdf, graphic));
}

TEST(JudgeContent, decides_by_what_the_octets_are) {
    point::General graphic;
    graphic.only_graphic_attachments = true;
    const PartView named_pdf =
        choose(mixed({part(0, "1", "application/pdf", "f.pdf")}), graphic)[1];

    PartView view = named_pdf;
    judge_content(view, "application/pdf", 100, graphic);
    EXPECT_EQ(view.verdict, Verdict::will_be_taken);

    view = named_pdf;
    judge_content(view, "application/zip", 100, graphic);
    EXPECT_EQ(view.reason, Reason::not_graphic);

    view = named_pdf;
    judge_content(view, "application/zip", 100, {});
    EXPECT_EQ(view.verdict, Verdict::will_be_taken);

    view = named_pdf;
    judge_content(view, "", 0, {});
    EXPECT_EQ(view.reason, Reason::empty);
    EXPECT_EQ(view.size_octets, 0U);
}

TEST(StatusOf, taken_only_when_nothing_is_open) {
    Parts parts = choose(
        mixed({part(0, "1", "application/pdf", "a.pdf"), part(0, "2", "application/pdf", "b.pdf")}),
        {});
    parts[1].verdict = Verdict::taken;
    EXPECT_EQ(status_of(parts), Status::new_);
    parts[2].verdict = Verdict::taken;
    EXPECT_EQ(status_of(parts), Status::taken);
    parts[2].verdict = Verdict::needs_you;
    EXPECT_EQ(status_of(parts), Status::check);
}

}  // namespace mail::work
