#include "mail/mime/html_entities.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"

namespace mail::mime {

namespace {

struct Named {
    std::string_view name;
    char16_t code_point;
    bool may_lack_semicolon;  ///< "&nbsp" was allowed once
};

// Those of HTML 4, and of HTML 5 the letters, punctuation, currencies, arrows and shapes; of the
// other thousand and a half, which are mathematics, mails have none. Ascending.
// clang-format off
constexpr Named entities[] = {
    {"AElig", 0xC6, true}, {"AMP", 0x26, true}, {"Aacute", 0xC1, true}, {"Abreve", 0x102, false},
    {"Acirc", 0xC2, true}, {"Agrave", 0xC0, true}, {"Alpha", 0x391, false}, {"Amacr", 0x100, false},
    {"Aogon", 0x104, false}, {"ApplyFunction", 0x2061, false}, {"Aring", 0xC5, true},
    {"Atilde", 0xC3, true}, {"Auml", 0xC4, true}, {"Bernoullis", 0x212C, false},
    {"Beta", 0x392, false}, {"Bscr", 0x212C, false}, {"COPY", 0xA9, true}, {"Cacute", 0x106, false},
    {"Cayleys", 0x212D, false}, {"Ccaron", 0x10C, false}, {"Ccedil", 0xC7, true},
    {"Ccirc", 0x108, false}, {"Cdot", 0x10A, false}, {"Cedilla", 0xB8, false},
    {"CenterDot", 0xB7, false}, {"Cfr", 0x212D, false}, {"Chi", 0x3A7, false},
    {"CloseCurlyDoubleQuote", 0x201D, false}, {"CloseCurlyQuote", 0x2019, false},
    {"Copf", 0x2102, false}, {"Dagger", 0x2021, false}, {"Dcaron", 0x10E, false},
    {"Delta", 0x394, false}, {"DiacriticalAcute", 0xB4, false}, {"DiacriticalGrave", 0x60, false},
    {"Dot", 0xA8, false}, {"DoubleDot", 0xA8, false}, {"Dstrok", 0x110, false},
    {"ENG", 0x14A, false}, {"ETH", 0xD0, true}, {"Eacute", 0xC9, true}, {"Ecaron", 0x11A, false},
    {"Ecirc", 0xCA, true}, {"Edot", 0x116, false}, {"Egrave", 0xC8, true}, {"Emacr", 0x112, false},
    {"EmptySmallSquare", 0x25FB, false}, {"EmptyVerySmallSquare", 0x25AB, false},
    {"Eogon", 0x118, false}, {"Epsilon", 0x395, false}, {"Escr", 0x2130, false},
    {"Eta", 0x397, false}, {"Euml", 0xCB, true}, {"FilledSmallSquare", 0x25FC, false},
    {"FilledVerySmallSquare", 0x25AA, false}, {"Fouriertrf", 0x2131, false},
    {"Fscr", 0x2131, false}, {"GT", 0x3E, true}, {"Gamma", 0x393, false}, {"Gbreve", 0x11E, false},
    {"Gcedil", 0x122, false}, {"Gcirc", 0x11C, false}, {"Gdot", 0x120, false}, {"Hat", 0x5E, false},
    {"Hcirc", 0x124, false}, {"Hfr", 0x210C, false}, {"HilbertSpace", 0x210B, false},
    {"Hopf", 0x210D, false}, {"HorizontalLine", 0x2500, false}, {"Hscr", 0x210B, false},
    {"Hstrok", 0x126, false}, {"IJlig", 0x132, false}, {"Iacute", 0xCD, true},
    {"Icirc", 0xCE, true}, {"Idot", 0x130, false}, {"Ifr", 0x2111, false}, {"Igrave", 0xCC, true},
    {"Im", 0x2111, false}, {"Imacr", 0x12A, false}, {"InvisibleComma", 0x2063, false},
    {"InvisibleTimes", 0x2062, false}, {"Iogon", 0x12E, false}, {"Iota", 0x399, false},
    {"Iscr", 0x2110, false}, {"Itilde", 0x128, false}, {"Iuml", 0xCF, true},
    {"Jcirc", 0x134, false}, {"Kappa", 0x39A, false}, {"Kcedil", 0x136, false}, {"LT", 0x3C, true},
    {"Lacute", 0x139, false}, {"Lambda", 0x39B, false}, {"Laplacetrf", 0x2112, false},
    {"Lcaron", 0x13D, false}, {"Lcedil", 0x13B, false}, {"Lmidot", 0x13F, false},
    {"Lscr", 0x2112, false}, {"Lstrok", 0x141, false}, {"MediumSpace", 0x205F, false},
    {"Mellintrf", 0x2133, false}, {"Mscr", 0x2133, false}, {"Mu", 0x39C, false},
    {"Nacute", 0x143, false}, {"Ncaron", 0x147, false}, {"Ncedil", 0x145, false},
    {"NegativeMediumSpace", 0x200B, false}, {"NegativeThickSpace", 0x200B, false},
    {"NegativeThinSpace", 0x200B, false}, {"NegativeVeryThinSpace", 0x200B, false},
    {"NewLine", 0xA, false}, {"NoBreak", 0x2060, false}, {"NonBreakingSpace", 0xA0, false},
    {"Nopf", 0x2115, false}, {"Ntilde", 0xD1, true}, {"Nu", 0x39D, false}, {"OElig", 0x152, false},
    {"Oacute", 0xD3, true}, {"Ocirc", 0xD4, true}, {"Odblac", 0x150, false}, {"Ograve", 0xD2, true},
    {"Omacr", 0x14C, false}, {"Omega", 0x3A9, false}, {"Omicron", 0x39F, false},
    {"OpenCurlyDoubleQuote", 0x201C, false}, {"OpenCurlyQuote", 0x2018, false},
    {"Oslash", 0xD8, true}, {"Otilde", 0xD5, true}, {"Ouml", 0xD6, true},
    {"OverBar", 0x203E, false}, {"Phi", 0x3A6, false}, {"Pi", 0x3A0, false},
    {"PlusMinus", 0xB1, false}, {"Poincareplane", 0x210C, false}, {"Popf", 0x2119, false},
    {"Prime", 0x2033, false}, {"Psi", 0x3A8, false}, {"QUOT", 0x22, true}, {"Qopf", 0x211A, false},
    {"REG", 0xAE, true}, {"Racute", 0x154, false}, {"Rcaron", 0x158, false},
    {"Rcedil", 0x156, false}, {"Re", 0x211C, false}, {"Rfr", 0x211C, false}, {"Rho", 0x3A1, false},
    {"Ropf", 0x211D, false}, {"Rscr", 0x211B, false}, {"Sacute", 0x15A, false},
    {"Scaron", 0x160, false}, {"Scedil", 0x15E, false}, {"Scirc", 0x15C, false},
    {"Sigma", 0x3A3, false}, {"Square", 0x25A1, false}, {"THORN", 0xDE, true},
    {"TRADE", 0x2122, false}, {"Tab", 0x9, false}, {"Tau", 0x3A4, false}, {"Tcaron", 0x164, false},
    {"Tcedil", 0x162, false}, {"Theta", 0x398, false}, {"ThinSpace", 0x2009, false},
    {"Tstrok", 0x166, false}, {"Uacute", 0xDA, true}, {"Ubreve", 0x16C, false},
    {"Ucirc", 0xDB, true}, {"Udblac", 0x170, false}, {"Ugrave", 0xD9, true},
    {"Umacr", 0x16A, false}, {"UnderBar", 0x5F, false}, {"Uogon", 0x172, false},
    {"Upsilon", 0x3A5, false}, {"Uring", 0x16E, false}, {"Utilde", 0x168, false},
    {"Uuml", 0xDC, true}, {"Verbar", 0x2016, false}, {"Vert", 0x2016, false},
    {"VerticalLine", 0x7C, false}, {"VerticalSeparator", 0x2758, false},
    {"VeryThinSpace", 0x200A, false}, {"Wcirc", 0x174, false}, {"Xi", 0x39E, false},
    {"Yacute", 0xDD, true}, {"Ycirc", 0x176, false}, {"Yuml", 0x178, false},
    {"Zacute", 0x179, false}, {"Zcaron", 0x17D, false}, {"Zdot", 0x17B, false},
    {"ZeroWidthSpace", 0x200B, false}, {"Zeta", 0x396, false}, {"Zfr", 0x2128, false},
    {"Zopf", 0x2124, false}, {"aacute", 0xE1, true}, {"abreve", 0x103, false},
    {"acirc", 0xE2, true}, {"acute", 0xB4, true}, {"aelig", 0xE6, true}, {"af", 0x2061, false},
    {"agrave", 0xE0, true}, {"alefsym", 0x2135, false}, {"aleph", 0x2135, false},
    {"alpha", 0x3B1, false}, {"amacr", 0x101, false}, {"amp", 0x26, true}, {"and", 0x2227, false},
    {"ang", 0x2220, false}, {"angst", 0xC5, false}, {"aogon", 0x105, false}, {"apos", 0x27, false},
    {"aring", 0xE5, true}, {"ast", 0x2A, false}, {"asymp", 0x2248, false}, {"atilde", 0xE3, true},
    {"auml", 0xE4, true}, {"backprime", 0x2035, false}, {"bdquo", 0x201E, false},
    {"bernou", 0x212C, false}, {"beta", 0x3B2, false}, {"beth", 0x2136, false},
    {"bigcirc", 0x25EF, false}, {"bigstar", 0x2605, false}, {"bigtriangledown", 0x25BD, false},
    {"bigtriangleup", 0x25B3, false}, {"blacksquare", 0x25AA, false},
    {"blacktriangle", 0x25B4, false}, {"blacktriangledown", 0x25BE, false},
    {"blacktriangleleft", 0x25C2, false}, {"blacktriangleright", 0x25B8, false},
    {"blk12", 0x2592, false}, {"blk14", 0x2591, false}, {"blk34", 0x2593, false},
    {"block", 0x2588, false}, {"boxDL", 0x2557, false}, {"boxDR", 0x2554, false},
    {"boxDl", 0x2556, false}, {"boxDr", 0x2553, false}, {"boxH", 0x2550, false},
    {"boxHD", 0x2566, false}, {"boxHU", 0x2569, false}, {"boxHd", 0x2564, false},
    {"boxHu", 0x2567, false}, {"boxUL", 0x255D, false}, {"boxUR", 0x255A, false},
    {"boxUl", 0x255C, false}, {"boxUr", 0x2559, false}, {"boxV", 0x2551, false},
    {"boxVH", 0x256C, false}, {"boxVL", 0x2563, false}, {"boxVR", 0x2560, false},
    {"boxVh", 0x256B, false}, {"boxVl", 0x2562, false}, {"boxVr", 0x255F, false},
    {"boxdL", 0x2555, false}, {"boxdR", 0x2552, false}, {"boxdl", 0x2510, false},
    {"boxdr", 0x250C, false}, {"boxh", 0x2500, false}, {"boxhD", 0x2565, false},
    {"boxhU", 0x2568, false}, {"boxhd", 0x252C, false}, {"boxhu", 0x2534, false},
    {"boxuL", 0x255B, false}, {"boxuR", 0x2558, false}, {"boxul", 0x2518, false},
    {"boxur", 0x2514, false}, {"boxv", 0x2502, false}, {"boxvH", 0x256A, false},
    {"boxvL", 0x2561, false}, {"boxvR", 0x255E, false}, {"boxvh", 0x253C, false},
    {"boxvl", 0x2524, false}, {"boxvr", 0x251C, false}, {"bprime", 0x2035, false},
    {"brvbar", 0xA6, true}, {"bsemi", 0x204F, false}, {"bsol", 0x5C, false},
    {"bull", 0x2022, false}, {"bullet", 0x2022, false}, {"cacute", 0x107, false},
    {"cap", 0x2229, false}, {"caret", 0x2041, false}, {"ccaron", 0x10D, false},
    {"ccedil", 0xE7, true}, {"ccirc", 0x109, false}, {"cdot", 0x10B, false}, {"cedil", 0xB8, true},
    {"cent", 0xA2, true}, {"centerdot", 0xB7, false}, {"check", 0x2713, false},
    {"checkmark", 0x2713, false}, {"chi", 0x3C7, false}, {"cir", 0x25CB, false},
    {"circ", 0x2C6, false}, {"circledR", 0xAE, false}, {"clubs", 0x2663, false},
    {"clubsuit", 0x2663, false}, {"colon", 0x3A, false}, {"comma", 0x2C, false},
    {"commat", 0x40, false}, {"complexes", 0x2102, false}, {"cong", 0x2245, false},
    {"copy", 0xA9, true}, {"copysr", 0x2117, false}, {"crarr", 0x21B5, false},
    {"cross", 0x2717, false}, {"cup", 0x222A, false}, {"curren", 0xA4, true},
    {"dArr", 0x21D3, false}, {"dagger", 0x2020, false}, {"daleth", 0x2138, false},
    {"darr", 0x2193, false}, {"dash", 0x2010, false}, {"dcaron", 0x10F, false},
    {"ddagger", 0x2021, false}, {"deg", 0xB0, true}, {"delta", 0x3B4, false},
    {"diamondsuit", 0x2666, false}, {"diams", 0x2666, false}, {"die", 0xA8, false},
    {"div", 0xF7, false}, {"divide", 0xF7, true}, {"dollar", 0x24, false}, {"dstrok", 0x111, false},
    {"dtri", 0x25BF, false}, {"dtrif", 0x25BE, false}, {"eacute", 0xE9, true},
    {"ecaron", 0x11B, false}, {"ecirc", 0xEA, true}, {"edot", 0x117, false}, {"egrave", 0xE8, true},
    {"ell", 0x2113, false}, {"emacr", 0x113, false}, {"empty", 0x2205, false},
    {"emsp", 0x2003, false}, {"emsp13", 0x2004, false}, {"emsp14", 0x2005, false},
    {"eng", 0x14B, false}, {"ensp", 0x2002, false}, {"eogon", 0x119, false},
    {"epsilon", 0x3B5, false}, {"equals", 0x3D, false}, {"equiv", 0x2261, false},
    {"escr", 0x212F, false}, {"eta", 0x3B7, false}, {"eth", 0xF0, true}, {"euml", 0xEB, true},
    {"euro", 0x20AC, false}, {"excl", 0x21, false}, {"exist", 0x2203, false},
    {"expectation", 0x2130, false}, {"female", 0x2640, false}, {"flat", 0x266D, false},
    {"fltns", 0x25B1, false}, {"fnof", 0x192, false}, {"forall", 0x2200, false},
    {"frac12", 0xBD, true}, {"frac14", 0xBC, true}, {"frac34", 0xBE, true},
    {"frasl", 0x2044, false}, {"gamma", 0x3B3, false}, {"gbreve", 0x11F, false},
    {"gcirc", 0x11D, false}, {"gdot", 0x121, false}, {"ge", 0x2265, false},
    {"gimel", 0x2137, false}, {"grave", 0x60, false}, {"gscr", 0x210A, false}, {"gt", 0x3E, true},
    {"hArr", 0x21D4, false}, {"hairsp", 0x200A, false}, {"half", 0xBD, false},
    {"hamilt", 0x210B, false}, {"harr", 0x2194, false}, {"hbar", 0x210F, false},
    {"hcirc", 0x125, false}, {"hearts", 0x2665, false}, {"heartsuit", 0x2665, false},
    {"hellip", 0x2026, false}, {"horbar", 0x2015, false}, {"hslash", 0x210F, false},
    {"hstrok", 0x127, false}, {"hybull", 0x2043, false}, {"hyphen", 0x2010, false},
    {"iacute", 0xED, true}, {"ic", 0x2063, false}, {"icirc", 0xEE, true}, {"iexcl", 0xA1, true},
    {"igrave", 0xEC, true}, {"iiota", 0x2129, false}, {"ijlig", 0x133, false},
    {"imacr", 0x12B, false}, {"image", 0x2111, false}, {"imagline", 0x2110, false},
    {"imagpart", 0x2111, false}, {"imath", 0x131, false}, {"incare", 0x2105, false},
    {"infin", 0x221E, false}, {"inodot", 0x131, false}, {"int", 0x222B, false},
    {"integers", 0x2124, false}, {"iogon", 0x12F, false}, {"iota", 0x3B9, false},
    {"iquest", 0xBF, true}, {"isin", 0x2208, false}, {"it", 0x2062, false},
    {"itilde", 0x129, false}, {"iuml", 0xEF, true}, {"jcirc", 0x135, false},
    {"kappa", 0x3BA, false}, {"kcedil", 0x137, false}, {"kgreen", 0x138, false},
    {"lArr", 0x21D0, false}, {"lacute", 0x13A, false}, {"lagran", 0x2112, false},
    {"lambda", 0x3BB, false}, {"lang", 0x27E8, false}, {"laquo", 0xAB, true},
    {"larr", 0x2190, false}, {"lbbrk", 0x2772, false}, {"lbrace", 0x7B, false},
    {"lbrack", 0x5B, false}, {"lcaron", 0x13E, false}, {"lcedil", 0x13C, false},
    {"lceil", 0x2308, false}, {"lcub", 0x7B, false}, {"ldquo", 0x201C, false},
    {"ldquor", 0x201E, false}, {"le", 0x2264, false}, {"lfloor", 0x230A, false},
    {"lhblk", 0x2584, false}, {"lltri", 0x25FA, false}, {"lmidot", 0x140, false},
    {"lowast", 0x2217, false}, {"lowbar", 0x5F, false}, {"loz", 0x25CA, false},
    {"lozenge", 0x25CA, false}, {"lpar", 0x28, false}, {"lrm", 0x200E, false},
    {"lsaquo", 0x2039, false}, {"lsqb", 0x5B, false}, {"lsquo", 0x2018, false},
    {"lsquor", 0x201A, false}, {"lstrok", 0x142, false}, {"lt", 0x3C, true},
    {"ltri", 0x25C3, false}, {"ltrif", 0x25C2, false}, {"macr", 0xAF, true},
    {"male", 0x2642, false}, {"malt", 0x2720, false}, {"maltese", 0x2720, false},
    {"marker", 0x25AE, false}, {"mdash", 0x2014, false}, {"mho", 0x2127, false},
    {"micro", 0xB5, true}, {"midast", 0x2A, false}, {"middot", 0xB7, true},
    {"minus", 0x2212, false}, {"mldr", 0x2026, false}, {"mu", 0x3BC, false},
    {"nabla", 0x2207, false}, {"nacute", 0x144, false}, {"napos", 0x149, false},
    {"natur", 0x266E, false}, {"natural", 0x266E, false}, {"naturals", 0x2115, false},
    {"nbsp", 0xA0, true}, {"ncaron", 0x148, false}, {"ncedil", 0x146, false},
    {"ndash", 0x2013, false}, {"ne", 0x2260, false}, {"ni", 0x220B, false}, {"nldr", 0x2025, false},
    {"not", 0xAC, true}, {"notin", 0x2209, false}, {"nsub", 0x2284, false}, {"ntilde", 0xF1, true},
    {"nu", 0x3BD, false}, {"num", 0x23, false}, {"numero", 0x2116, false}, {"numsp", 0x2007, false},
    {"oacute", 0xF3, true}, {"ocirc", 0xF4, true}, {"odblac", 0x151, false},
    {"oelig", 0x153, false}, {"ograve", 0xF2, true}, {"oline", 0x203E, false},
    {"omacr", 0x14D, false}, {"omega", 0x3C9, false}, {"omicron", 0x3BF, false},
    {"oplus", 0x2295, false}, {"or", 0x2228, false}, {"order", 0x2134, false},
    {"orderof", 0x2134, false}, {"ordf", 0xAA, true}, {"ordm", 0xBA, true}, {"oscr", 0x2134, false},
    {"oslash", 0xF8, true}, {"otilde", 0xF5, true}, {"otimes", 0x2297, false}, {"ouml", 0xF6, true},
    {"para", 0xB6, true}, {"part", 0x2202, false}, {"percnt", 0x25, false}, {"period", 0x2E, false},
    {"permil", 0x2030, false}, {"perp", 0x22A5, false}, {"pertenk", 0x2031, false},
    {"phi", 0x3C6, false}, {"phmmat", 0x2133, false}, {"phone", 0x260E, false},
    {"pi", 0x3C0, false}, {"piv", 0x3D6, false}, {"planck", 0x210F, false},
    {"planckh", 0x210E, false}, {"plankv", 0x210F, false}, {"plus", 0x2B, false},
    {"plusmn", 0xB1, true}, {"pm", 0xB1, false}, {"pound", 0xA3, true}, {"prime", 0x2032, false},
    {"primes", 0x2119, false}, {"prod", 0x220F, false}, {"prop", 0x221D, false},
    {"psi", 0x3C8, false}, {"puncsp", 0x2008, false}, {"qprime", 0x2057, false},
    {"quaternions", 0x210D, false}, {"quest", 0x3F, false}, {"quot", 0x22, true},
    {"rArr", 0x21D2, false}, {"racute", 0x155, false}, {"radic", 0x221A, false},
    {"rang", 0x27E9, false}, {"raquo", 0xBB, true}, {"rarr", 0x2192, false},
    {"rationals", 0x211A, false}, {"rbbrk", 0x2773, false}, {"rbrace", 0x7D, false},
    {"rbrack", 0x5D, false}, {"rcaron", 0x159, false}, {"rcedil", 0x157, false},
    {"rceil", 0x2309, false}, {"rcub", 0x7D, false}, {"rdquo", 0x201D, false},
    {"rdquor", 0x201D, false}, {"real", 0x211C, false}, {"realine", 0x211B, false},
    {"realpart", 0x211C, false}, {"reals", 0x211D, false}, {"rect", 0x25AD, false},
    {"reg", 0xAE, true}, {"rfloor", 0x230B, false}, {"rho", 0x3C1, false}, {"rlm", 0x200F, false},
    {"rpar", 0x29, false}, {"rsaquo", 0x203A, false}, {"rsqb", 0x5D, false},
    {"rsquo", 0x2019, false}, {"rsquor", 0x2019, false}, {"rtri", 0x25B9, false},
    {"rtrif", 0x25B8, false}, {"rx", 0x211E, false}, {"sacute", 0x15B, false},
    {"sbquo", 0x201A, false}, {"scaron", 0x161, false}, {"scedil", 0x15F, false},
    {"scirc", 0x15D, false}, {"sdot", 0x22C5, false}, {"sect", 0xA7, true}, {"semi", 0x3B, false},
    {"sext", 0x2736, false}, {"sharp", 0x266F, false}, {"shy", 0xAD, true}, {"sigma", 0x3C3, false},
    {"sigmaf", 0x3C2, false}, {"sim", 0x223C, false}, {"sol", 0x2F, false},
    {"spades", 0x2660, false}, {"spadesuit", 0x2660, false}, {"squ", 0x25A1, false},
    {"square", 0x25A1, false}, {"squarf", 0x25AA, false}, {"squf", 0x25AA, false},
    {"star", 0x2606, false}, {"starf", 0x2605, false}, {"strns", 0xAF, false},
    {"sub", 0x2282, false}, {"sube", 0x2286, false}, {"sum", 0x2211, false},
    {"sung", 0x266A, false}, {"sup", 0x2283, false}, {"sup1", 0xB9, true}, {"sup2", 0xB2, true},
    {"sup3", 0xB3, true}, {"supe", 0x2287, false}, {"szlig", 0xDF, true}, {"tau", 0x3C4, false},
    {"tcaron", 0x165, false}, {"tcedil", 0x163, false}, {"there4", 0x2234, false},
    {"theta", 0x3B8, false}, {"thetasym", 0x3D1, false}, {"thinsp", 0x2009, false},
    {"thorn", 0xFE, true}, {"tilde", 0x2DC, false}, {"times", 0xD7, true},
    {"tprime", 0x2034, false}, {"trade", 0x2122, false}, {"triangle", 0x25B5, false},
    {"triangledown", 0x25BF, false}, {"triangleleft", 0x25C3, false},
    {"triangleright", 0x25B9, false}, {"tridot", 0x25EC, false}, {"tstrok", 0x167, false},
    {"uArr", 0x21D1, false}, {"uacute", 0xFA, true}, {"uarr", 0x2191, false},
    {"ubreve", 0x16D, false}, {"ucirc", 0xFB, true}, {"udblac", 0x171, false},
    {"ugrave", 0xF9, true}, {"uhblk", 0x2580, false}, {"ultri", 0x25F8, false},
    {"umacr", 0x16B, false}, {"uml", 0xA8, true}, {"uogon", 0x173, false}, {"upsih", 0x3D2, false},
    {"upsilon", 0x3C5, false}, {"uring", 0x16F, false}, {"urtri", 0x25F9, false},
    {"utilde", 0x169, false}, {"utri", 0x25B5, false}, {"utrif", 0x25B4, false},
    {"uuml", 0xFC, true}, {"verbar", 0x7C, false}, {"vert", 0x7C, false}, {"wcirc", 0x175, false},
    {"weierp", 0x2118, false}, {"wp", 0x2118, false}, {"xcirc", 0x25EF, false},
    {"xdtri", 0x25BD, false}, {"xi", 0x3BE, false}, {"xutri", 0x25B3, false},
    {"yacute", 0xFD, true}, {"ycirc", 0x177, false}, {"yen", 0xA5, true}, {"yuml", 0xFF, true},
    {"zacute", 0x17A, false}, {"zcaron", 0x17E, false}, {"zdot", 0x17C, false},
    {"zeetrf", 0x2128, false}, {"zeta", 0x3B6, false}, {"zwj", 0x200D, false},
    {"zwnj", 0x200C, false},
};
// clang-format on
static_assert(std::ranges::is_sorted(entities, {}, &Named::name));

constexpr std::size_t longest_name = 32;
constexpr std::size_t longest_without_semicolon = 6;
constexpr char32_t replacement = 0xFFFD;

const Named* find(std::string_view name) {
    const auto* const at = std::ranges::lower_bound(entities, name, {}, &Named::name);
    return at != std::end(entities) && at->name == name ? at : nullptr;
}

/// As browsers do: numbers of windows-1252, which many write where they mean its characters.
char32_t as_browsers_read(std::uint32_t number) {
    static constexpr char16_t windows_1252[] = {
        0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
        0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    if (number >= 0x80 && number < 0xA0)
        return windows_1252[number - 0x80];
    const bool is_surrogate = number >= 0xD800 && number < 0xE000;
    return number == 0 || is_surrogate || number > 0x10FFFF ? replacement : char32_t{number};
}

struct Read {
    char32_t code_point = 0;
    std::size_t octets = 0;  ///< from the '&' on
};

/// `at` is behind "&#".
std::optional<Read> read_number(std::string_view text, std::size_t at) {
    const bool is_hex = at < text.size() && to_lower(text[at]) == 'x';
    const std::uint32_t base = is_hex ? 16 : 10;
    std::uint32_t number = 0;
    const std::size_t begin = at += is_hex ? 1 : 0;
    for (; at < text.size(); ++at) {
        const int digit = hex_value(text[at]);
        if (digit < 0 || static_cast<std::uint32_t>(digit) >= base)
            break;
        number =
            std::min<std::uint32_t>(number * base + static_cast<std::uint32_t>(digit), 0x110000);
    }
    if (at == begin)
        return std::nullopt;
    return Read{as_browsers_read(number), at + (at < text.size() && text[at] == ';' ? 1 : 0)};
}

std::optional<Read> read_name(std::string_view text, Place place) {
    std::size_t end = 1;
    while (end < text.size() && end <= longest_name &&
           (is_letter(text[end]) || is_digit(text[end])))
        ++end;
    const std::string_view name = text.substr(1, end - 1);
    const bool is_closed = end < text.size() && text[end] == ';';
    if (is_closed)
        if (const Named* named = find(name))
            return Read{named->code_point, end + 1};
    // "?a=1&copy=2" is an address.
    if (place == Place::attribute && (is_closed || (end < text.size() && text[end] == '=')))
        return std::nullopt;
    for (std::size_t size = std::min(name.size(), longest_without_semicolon); size > 1; --size) {
        const Named* named = find(name.substr(0, size));
        const bool is_whole = size == name.size();
        if (named != nullptr && named->may_lack_semicolon && (is_whole || place == Place::text))
            return Read{named->code_point, size + 1};
    }
    return std::nullopt;
}

}  // namespace

std::size_t read_entity(std::string_view text, Place place, std::string& to) {
    const auto read =
        text.size() > 1 && text[1] == '#' ? read_number(text, 2) : read_name(text, place);
    if (!read) {
        to += '&';
        return 1;
    }
    utf8::append(to, read->code_point);
    return read->octets;
}

std::string without_entities(std::string_view text, Place place) {
    std::string plain;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find('&'), text.size());
        plain += text.substr(0, at);
        text.remove_prefix(at);
        if (!text.empty())
            text.remove_prefix(read_entity(text, place, plain));
    }
    return plain;
}

}  // namespace mail::mime
