#include "mail/mime/file_name.h"

#include <gtest/gtest.h>

#include "mail/base/utf8.h"

namespace mail::mime {
namespace {

using std::string_view_literals::operator""sv;

/// What must hold for every name, on every system.
void expect_safe(std::string_view name, const std::string& safe) {
    ASSERT_FALSE(safe.empty()) << name;
    EXPECT_TRUE(utf8::valid(safe)) << name;
    EXPECT_LE(safe.size(), 200U) << name;
    EXPECT_EQ(safe.find_first_of(R"(<>:"/\|?*)"), std::string::npos) << safe;
    EXPECT_NE(safe.front(), '.') << safe;
    EXPECT_NE(safe.front(), '-') << safe;
    EXPECT_NE(safe.front(), ' ') << safe;
    EXPECT_NE(safe.back(), '.') << safe;
    EXPECT_NE(safe.back(), ' ') << safe;
    EXPECT_EQ(utf8::composed(safe), safe) << name;
    for (std::size_t at = 0; at < safe.size();) {
        const char32_t code_point = utf8::next(safe, at);
        EXPECT_FALSE(utf8::is_control(code_point) || utf8::is_invisible(code_point)) << safe;
    }
    // Made safe once more, it stays what it is.
    EXPECT_EQ(safe_file_name(safe, "part", ""), safe);
}

struct Row {
    std::string_view name, expected;
};

constexpr Row rows[] = {
    {"faktura.pdf", "faktura.pdf"},
    {"Faktura VAT 12.pdf", "Faktura VAT 12.pdf"},
    {"zażółć gęślą jaźń.pdf", "zażółć gęślą jaźń.pdf"},
    // The number of an invoice is no path.
    {"FV/12/2026.pdf", "FV_12_2026.pdf"},
    {"FV 1/2026", "FV 1_2026"},
    {"a/b.pdf", "a_b.pdf"},
    // Paths.
    {"../a.pdf", "a.pdf"},
    {"..\\a.pdf", "a.pdf"},
    {"../../../etc/passwd", "passwd"},
    {"..\\..\\Windows\\win.ini", "win.ini"},
    {"/etc/passwd", "passwd"},
    {"/a.pdf", "a.pdf"},
    {"~/a.pdf", "a.pdf"},
    {"./a.pdf", "a.pdf"},
    {"a/../b.pdf", "b.pdf"},
    {"C:\\Users\\jan\\a.pdf", "a.pdf"},
    {"C:/Users/jan/a.pdf", "a.pdf"},
    {"C:a.pdf", "a.pdf"},
    {"c:x", "x"},
    {"\\\\srv\\share\\a.pdf", "a.pdf"},
    {"\\\\?\\C:\\a.pdf", "a.pdf"},
    {"\\\\.\\PhysicalDrive0", "PhysicalDrive0"},
    {"file:///etc/passwd", "passwd"},
    {"php://foo", "foo"},
    {"dir\\", "dir"},
    {"/", "part"},
    {"\\", "part"},
    {"..", "part"},
    {".", "part"},
    {"...", "part"},
    {"../", "part"},
    {"C:", "part"},
    {"C:\\", "part"},
    {"", "part"},
    {" ", "part"},
    {"___", "___"},
    {"\t\r\n", "part"},
    // Streams and characters that Windows refuses.
    {"a.pdf:evil", "a.pdf_evil"},
    {"a.pdf::$DATA", "a.pdf__$DATA"},
    {"a<b>c.pdf", "a_b_c.pdf"},
    {"a|b?c*d\"e.pdf", "a_b_c_d_e.pdf"},
    {"what?.pdf", "what_.pdf"},
    {"Re: oferta.pdf", "Re_ oferta.pdf"},
    // Control characters.
    {"a\0.pdf"sv, "a_.pdf"},
    {"faktura.pdf\0.exe"sv, "faktura.pdf_.exe"},
    {"a\x01\x1F.pdf", "a__.pdf"},
    {"a\x7F.pdf", "a_.pdf"},
    {"a\u0085b.pdf", "a_b.pdf"},
    {"a\r\nb.pdf", "a b.pdf"},
    {"a\tb.pdf", "a b.pdf"},
    {"a\u2028b.pdf", "a_b.pdf"},
    {"a   b.pdf", "a b.pdf"},
    {"a\u00A0b.pdf", "a b.pdf"},
    {"a\u3000b.pdf", "a b.pdf"},
    // Characters that nobody sees.
    {"fakturafdp.\u202Eexe", "fakturafdp.exe"},
    {"a\u200Bb\u200D.pdf", "ab.pdf"},
    {"\uFEFFa.pdf", "a.pdf"},
    {"a\u00AD.pdf", "a.pdf"},
    {"\u2066a\u2069.pdf", "a.pdf"},
    {"\u202E", "part"},
    // Malformed octets.
    {"a\xFF.pdf", "a_.pdf"},
    {"\xC5.pdf", "_.pdf"},
    {"\xED\xA0\x80.pdf", "___.pdf"},
    // Ends.
    {".htaccess", "htaccess"},
    {"..htaccess", "htaccess"},
    {". .htaccess", "htaccess"},
    {"-rf", "rf"},
    {"--help.pdf", "help.pdf"},
    {"- a.pdf", "a.pdf"},
    {"a.pdf.", "a.pdf"},
    {"a.pdf ", "a.pdf"},
    {"a.pdf. . .", "a.pdf"},
    {" a.pdf", "a.pdf"},
    {"a .pdf", "a .pdf"},
    {"a.pdf\u00A0", "a.pdf"},
    // Files that shells obey.
    {"desktop.ini", "desktop_.ini"},
    {"Desktop.INI", "Desktop_.INI"},
    {"autorun.inf", "autorun_.inf"},
    {"Thumbs.db", "Thumbs_.db"},
    // Devices.
    {"CON", "CON_"},
    {"CON.pdf", "CON_.pdf"},
    {"con.tar.gz", "con_.tar.gz"},
    {"nul.txt", "nul_.txt"},
    {"Aux.h", "Aux_.h"},
    {"com1 .txt", "com1_ .txt"},
    {"CONIN$", "CONIN$_"},
    {"COM\u00B9.pdf", "COM\u00B9_.pdf"},
    {"LPT\u00B3", "LPT\u00B3_"},
    {"COM10.pdf", "COM10.pdf"},
    {"CONTO.pdf", "CONTO.pdf"},
    {"com.pdf", "com.pdf"},
    {"nulls.txt", "nulls.txt"},
    {"a.con", "a.con"},
    // Diacritics as macOS sends them.
    {"fakto\u0301ra.pdf", "faktóra.pdf"},
    {"z\u0307o\u0301\u0142\u0107.pdf", "żółć.pdf"},
    {"A\u0328.pdf", "Ą.pdf"},
    {"z\u202E\u0301.pdf", "ź.pdf"},
    // Other scripts stay.
    {"документы.pdf", "документы.pdf"},
    {"管理.doc", "管理.doc"},
    {"사진.JPG", "사진.JPG"},
    {"\U0001F600.png", "\U0001F600.png"},
    // Doubled extensions are no business of ours: the last one counts.
    {"faktura.pdf.exe", "faktura.pdf.exe"},
    {"a.tar.gz", "a.tar.gz"},
};

TEST(SafeFileName, table_of_strange_names) {
    for (const Row& row : rows) {
        const std::string safe = safe_file_name(row.name, "part", "");
        EXPECT_EQ(safe, row.expected) << row.name;
        expect_safe(row.name, safe);
    }
}

TEST(SafeFileName, no_device_name_passes_in_any_case_or_with_any_extension) {
    for (const std::string device : {"con", "prn", "aux", "nul", "com1", "com9", "com0", "lpt1",
                                     "lpt9", "clock$", "COM1", "Lpt5", "cOn", "conout$"})
        for (const std::string rest : {"", ".pdf", ".", " ", " .pdf", ".tar.gz", ". .", ":x.pdf",
                                       ".pdf ", "\t.pdf", "\u200B.pdf", "\u202E"}) {
            const std::string safe = safe_file_name(device + rest, "part", "");
            expect_safe(device + rest, safe);
            EXPECT_NE(safe.find('_'), std::string::npos) << device + rest << " became " << safe;
        }
}

TEST(SafeFileName, every_prefix_of_a_path_is_left_outside) {
    for (const std::string prefix : {"/", "\\", "../", "..\\", "C:\\", "C:", "C:/", "\\\\a\\b\\",
                                     "/../", "a/../../", "~/", "./", "x:\\..\\", "\\\\.\\"})
        for (const std::string name : {"a.pdf", ".a.pdf", "a.pdf ", "-a.pdf", "\u200Ba.pdf"}) {
            const std::string safe = safe_file_name(prefix + name, "part", "");
            EXPECT_EQ(safe, "a.pdf") << prefix + name;
        }
}

TEST(SafeFileName, every_hazard_at_every_place_of_every_name_leaves_one_component) {
    const std::vector<std::string> hazards{std::string(1, '\0'),
                                           "/",
                                           "\\",
                                           ":",
                                           "*",
                                           "?",
                                           "\"",
                                           "<",
                                           ">",
                                           "|",
                                           "..",
                                           "../",
                                           "..\\",
                                           ". ",
                                           "\r\n",
                                           "\t",
                                           "\x7f",
                                           "\xff",
                                           "\xc4",
                                           "\u202E",
                                           "\u200B",
                                           "\uFEFF",
                                           "\u0085",
                                           " ",
                                           ".",
                                           "::$DATA",
                                           "%00",
                                           "~1",
                                           "\u00B9",
                                           "\u0307",
                                           "\u2028",
                                           "-",
                                           std::string(300, 'n'),
                                           "\u202Efdp.exe"};
    const std::vector<std::string> names{"faktura.pdf", "CON", "com1.pdf", "COM\u00B9",
                                         "żółć.pdf",    "",    ".pdf",     "desktop.ini"};
    std::size_t tried = 0;
    for (const std::string& hazard : hazards)
        for (const std::string& name : names)
            for (const std::string& hostile :
                 {hazard + name, name + hazard,
                  name.substr(0, name.size() / 2) + hazard + name.substr(name.size() / 2)}) {
                const std::string safe = safe_file_name(hostile, "part", "application/pdf");
                expect_safe(hostile, safe);
                EXPECT_EQ(safe_file_name(safe, "part", "application/pdf"), safe)
                    << "what is safe stays as it is";
                ++tried;
            }
    EXPECT_GE(tried, 500U);
}

TEST(SafeFileName, a_long_name_is_cut_at_a_letter_and_keeps_its_extension) {
    for (std::size_t octets : {199U, 200U, 201U, 255U, 300U, 100'000U}) {
        const std::string safe = safe_file_name(std::string(octets, 'x') + ".pdf", "part", "");
        EXPECT_LE(safe.size(), 200U);
        EXPECT_TRUE(safe.ends_with(".pdf"));
    }
    for (const std::string letter : {"ż", "管", "\U0001F600"}) {
        std::string name;
        while (name.size() < 400)
            name += letter;
        const std::string safe = safe_file_name(name + ".pdf", "part", "");
        expect_safe(name, safe);
        EXPECT_TRUE(safe.ends_with(".pdf"));
        EXPECT_GT(safe.size(), 190U);
    }
    expect_safe("", safe_file_name("CON." + std::string(300, 'x') + ".pdf", "part", ""));
    expect_safe("", safe_file_name("a." + std::string(300, 'b'), "part", "application/pdf"));
    expect_safe("", safe_file_name(std::string(198, 'a') + " . . . b.pdf", "part", ""));
}

TEST(SafeFileName, the_type_gives_a_missing_extension) {
    EXPECT_EQ(safe_file_name("", "Faktura 5 - 2", "application/pdf"), "Faktura 5 - 2.pdf");
    EXPECT_EQ(safe_file_name("faktura", "part", "application/pdf"), "faktura.pdf");
    EXPECT_EQ(safe_file_name("Faktura 3.12", "part", "application/pdf"), "Faktura 3.12.pdf");
    EXPECT_EQ(safe_file_name("FV nr. dwa trzy", "part", "application/pdf"), "FV nr. dwa trzy.pdf");
    EXPECT_EQ(safe_file_name("faktura.xml", "part", "application/pdf"), "faktura.xml");
    EXPECT_EQ(safe_file_name("README", "part", "application/octet-stream"), "README");
    EXPECT_EQ(safe_file_name("", "part", "application/octet-stream"), "part.bin");
    EXPECT_EQ(safe_file_name("", "part", "x-unknown/type"), "part");
    EXPECT_EQ(safe_file_name("", "", ""), "file");
    EXPECT_EQ(safe_file_name("", "..", ""), "file");
    EXPECT_EQ(safe_file_name("", "a/b", "IMAGE/JPEG"), "a_b.jpg");
}

TEST(SplitName, the_last_dot_counts) {
    EXPECT_EQ(split_name("a.tar.gz").stem, "a.tar");
    EXPECT_EQ(split_name("a.tar.gz").extension, ".gz");
    EXPECT_EQ(split_name("a").extension, "");
    EXPECT_EQ(split_name(".a").extension, "");
    EXPECT_EQ(split_name("a.").extension, "");
}

TEST(NumberedName, the_number_stands_before_the_extension) {
    EXPECT_EQ(numbered_name("faktura.pdf", 2), "faktura (2).pdf");
    EXPECT_EQ(numbered_name("faktura", 3), "faktura (3)");
}

TEST(KeyOnAnyDisk, case_normal_form_and_trailing_dots_do_not_tell_names_apart) {
    const auto same = [](std::string_view a, std::string_view b) {
        return key_on_any_disk(a) == key_on_any_disk(b);
    };
    EXPECT_TRUE(same("Faktura.PDF", "faktura.pdf"));
    EXPECT_TRUE(same("ŻÓŁĆ.pdf", "z\u0307o\u0301łc\u0301.pdf"));
    EXPECT_TRUE(same("a.pdf", "a.pdf. "));
    EXPECT_FALSE(same("zolc.pdf", "żółć.pdf"));
    EXPECT_FALSE(same("a.pdf", "b.pdf"));
}

TEST(IsRealExtension, digits_and_sentences_are_none) {
    EXPECT_TRUE(is_real_extension(".pdf"));
    EXPECT_TRUE(is_real_extension(".7z"));
    EXPECT_FALSE(is_real_extension(""));
    EXPECT_FALSE(is_real_extension(".12"));
    EXPECT_FALSE(is_real_extension(".o. za listopad"));
}

}  // namespace
}  // namespace mail::mime
