// Scans in Polish, good and bad, through tesseract and ocrmypdf as an OCR point runs them.

#include <algorithm>
#include <map>

#include "mail/base/run_program.h"
#include "mail/base/utf8.h"
#include "mail/ocr/pdf.h"
#include "tests/mail/ocr/ocr_fixture_posix.h"

namespace mail::ocr {

namespace {

using State = store::OcrJob::State;
using Reason = store::OcrJob::Reason;

constexpr std::string_view words = "Zażółć gęślą jaźń. Faktura za łódkę";
constexpr const char* with_ocrmypdf =
    "ocrmypdf -l pol --output-type pdf --sidecar {out}.txt {in} {out}";

/// argv: text, file; the ending says what is made. A scanner says how fine its picture is.
constexpr const char* draw = R"(
import sys
from PIL import Image, ImageDraw, ImageFont
page = Image.new("L", (1700, 500), 255)
font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 64)
ImageDraw.Draw(page).text((100, 180), sys.argv[1], fill=0, font=font)
page.save(sys.argv[2], **({"resolution": 300} if sys.argv[2].endswith(".pdf") else {"dpi": (300, 300)}))
)";

/// Blanks and ends of lines alike.
std::string in_words(const std::string& text) {
    std::string one = utf8::one_line(text, 10'000);
    one.erase(
        std::unique(one.begin(), one.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
        one.end());
    return one;
}

}  // namespace

class RealOcrTest : public OcrFixture {
protected:
    static void call(const std::string& name, const std::vector<std::string>& arguments) {
        const auto end =
            run_program({name, arguments, "/", {}}, Wait::for_at_most(std::chrono::minutes(4)));
        ASSERT_TRUE(end) << name << " is missing: third_party/packages.sh, packages_ocr";
        // qpdf: 3 is a warning.
        ASSERT_TRUE(end->how == ProgramEnd::How::exited && (end->code == 0 || end->code == 3))
            << name << ": " << end->errors;
    }
    void scan(const std::string& name) {
        call("/usr/bin/python3", {"-c", draw, std::string(words), in(name)});
    }
    std::map<std::string, store::OcrJob> run(const QueueSettings& settings) {
        const auto ledger = open_ledger();
        Queue queue(settings, *ledger, real_disk());
        const auto done =
            queue.run(Queue::Until::empty, Wait::for_at_most(std::chrono::minutes(4)));
        EXPECT_TRUE(done) << name_of(done.error().cause);
        EXPECT_TRUE(scratch_is_empty());
        std::map<std::string, store::OcrJob> jobs;
        for (const QueueEntry& entry : queue.entries())
            jobs.emplace(entry.job.file, entry.job);
        return jobs;
    }
};

TEST_F(RealOcrTest, tesseract_reads_polish) {
    scan("skan.png");
    scan("-l eng.tif");
    const auto jobs = run(settings("tesseract {in} {out} -l pol pdf txt"));
    for (const auto& [file, job] : jobs) {
        EXPECT_EQ(job.state, State::done) << file << ": " << job.words;
        EXPECT_TRUE(content_of(job.result).starts_with("%PDF-")) << job.result;
    }
    EXPECT_EQ(jobs.size(), 2U);
    for (const char* text : {"skan.txt", "-l eng.txt"})
        EXPECT_NE(in_words(content_of(done(text))).find(words), std::string::npos)
            << content_of(done(text));
}

TEST_F(RealOcrTest, ocrmypdf_reads_polish_from_a_picture_and_a_pdf) {
    scan("skan.png");
    scan("faktura żółta.pdf");
    const auto jobs = run(settings(with_ocrmypdf));
    for (const char* name : {"skan", "faktura żółta"}) {
        EXPECT_NE(in_words(content_of(done(std::string(name) + ".txt"))).find(words),
                  std::string::npos)
            << name;
        const auto facts = pdf_facts_of(real_disk(), done(std::string(name) + ".pdf"));
        ASSERT_TRUE(facts);
        EXPECT_EQ(facts->pages, 1U);
    }
    for (const auto& [file, job] : jobs)
        EXPECT_EQ(job.state, State::done) << file << ": " << job.words;
}

TEST_F(RealOcrTest, what_ocrmypdf_can_t_read_fails_with_the_reason_and_holds_up_nothing) {
    scan("good.pdf");
    const std::string good = content_of(in("good.pdf"));
    std::ofstream(in("cut.pdf"), std::ios::binary) << good.substr(0, good.size() / 2);
    std::ofstream(in("broken.pdf"), std::ios::binary) << "%PDF-1.7\n" << std::string(5000, '\x80');
    std::ofstream(in("empty.pdf")).flush();
    call("qpdf", {"--encrypt", "user", "owner", "256", "--", in("good.pdf"), in("locked.pdf")});
    call("qpdf", {"--encrypt", "", "owner", "256", "--", in("good.pdf"), in("no changes.pdf")});
    std::ofstream(in("huge.pdf"), std::ios::binary) << good;
    std::filesystem::resize_file(in("huge.pdf"), 101'000'000);
    const auto jobs = run(settings(with_ocrmypdf));
    ASSERT_EQ(jobs.size(), 7U);
    EXPECT_EQ(jobs.at("good.pdf").state, State::done) << jobs.at("good.pdf").words;
    EXPECT_EQ(jobs.at("empty.pdf").reason, Reason::empty);
    EXPECT_EQ(jobs.at("huge.pdf").reason, Reason::too_large);
    EXPECT_EQ(jobs.at("locked.pdf").reason, Reason::password_protected);
    EXPECT_EQ(jobs.at("broken.pdf").reason, Reason::command_failed);
    for (const char* unread : {"broken.pdf", "locked.pdf"}) {
        EXPECT_NE(jobs.at(unread).code, 0) << unread;
        EXPECT_NE(jobs.at(unread).words, "") << unread;
        EXPECT_FALSE(std::filesystem::exists(done(unread))) << unread;
    }
    // Half a PDF is mended or refused, by the version of the programs; it is never half done.
    for (const char* either : {"cut.pdf", "no changes.pdf"})
        EXPECT_EQ(jobs.at(either).state == State::done, std::filesystem::exists(done(either)))
            << either;
}

TEST_F(RealOcrTest, pages_are_counted_as_qpdf_writes_them) {
    scan("one.pdf");
    const std::string one = in("one.pdf");
    std::vector<std::string> merge{"--empty", "--pages"};
    for (int i = 0; i < 30; ++i)
        merge.push_back(one);
    const auto pages = [&](const std::string& name, const std::vector<std::string>& options) {
        std::vector<std::string> all = merge;
        all.emplace_back("--");
        all.insert(all.end(), options.begin(), options.end());
        all.push_back(in(name));
        call("qpdf", all);
        return pdf_facts_of(real_disk(), in(name))->pages;
    };
    EXPECT_EQ(pages("plain.pdf", {"--object-streams=disable"}), 30U);
    EXPECT_EQ(pages("compressed.pdf", {"--object-streams=generate"}), 30U);
    EXPECT_EQ(pages("linearized.pdf", {"--linearize", "--object-streams=generate"}), 30U);
    EXPECT_EQ(pages("readable.pdf", {"--qdf"}), 30U);
    QueueSettings few = settings(with_ocrmypdf);
    few.ocr.max_pages = 29;
    std::filesystem::remove(in("one.pdf"));
    for (const auto& [file, job] : run(few))
        EXPECT_EQ(job.reason, Reason::too_many_pages) << file;
}

}  // namespace mail::ocr
