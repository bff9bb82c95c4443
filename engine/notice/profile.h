// The measures of GB/T 9704-2012, and the engineering choices where it gives none.
#pragma once

namespace wenshu::notice {

constexpr double kPointsPerMm = 72 / 25.4;

constexpr double kTextWidthMm = 156, kTextHeightMm = 225;  // 5.2.1
constexpr double kTurnedWidthMm = kTextHeightMm;           // of an annex on turned sheets
constexpr double kSize3 = 16;                              // 三号: body
constexpr double kSize2 = 22;                              // 二号: titles
constexpr double kSize4 = 14;                              // 四号: 版记, page numbers
constexpr double kTableSize = 12;    // 小四: our choice, the standard is silent on tables of annexes
constexpr double kTracking = -0.25;  // 28 × 15.75 pt fits 156 mm, 28 × 16 pt does not
constexpr double kPitch = 28.95;     // 225 mm / 22 lines, floored to a twip (our choice)
constexpr double kLeastPitch =
    28;  // where a page lacks a line or two (7.3.5.4); what many offices use anyway
constexpr double kTitlePitch = 34;  // our choice: 2号 at the pitch of the body nearly touches
constexpr double kSmallPitch = 24;  // lines of the 版记: 4号 and as much air as the body has
constexpr double kTablePitch = 19;  // 小四 in table cells

constexpr int kLines = 22, kCharacters = 28;  // 5.2.3: a page, a line

constexpr double kMarkTopMm = 35;    // 7.2.4: top of the mark below the top of the 版心
constexpr double kMarkMostPt = 48;   // by eye; a short name should not shout
constexpr double kMarkLeastPt = 16;  // joint marks are squeezed (7.2.4), never below the body
constexpr double kSingleMarkLeastPt =
    32;                                // a single one gives way less, where page 1 lacks a line for the body
constexpr double kMarkHighestMm = 15;  // … and the mark may rise, as the last resort, to here
constexpr double kMarkWidthMm = 150;   // a long one keeps inside the 版心
constexpr double kMarkGap = 0.4;       // em between the names of joint organs and 文件
constexpr double kJointLine = 1.25;    // em from one joint name to the next
constexpr double kRedRuleGapMm = 4;    // 7.2.7
constexpr double kRedRulePt = 2.25;    // not in the standard; usual practice is about 0.8 mm
constexpr double kLetterTopMm = 30;    // 10.1: top of the mark, from the top of the page
constexpr double kInkOfMark = 0.945;   // em that the characters of a mark are high, ink alone
constexpr double kLetterMarkMostPt = 40;    // by eye
constexpr double kLetterLowerRuleMm = 277;  // 10.1: 20 mm above the lower edge of the page
constexpr double kThickLetterRulePt = 2.25, kThinLetterRulePt = 0.75,
                 kLetterRuleGapPt = 1;  // not in the standard
constexpr double kCommandTopMm = 20;    // 10.2: top of the mark below the top of the 版心
constexpr double kThickRulePt = 1;      // 7.4.1: 0.35 mm
constexpr double kTablePaddingMm = 0.5;
constexpr double kTableRulePt = 0.5;                                  // tables of annexes: our choice
constexpr double kNarrowestColumnMm = kTableSize / kPointsPerMm + 2;  // one character between its margins
constexpr double kThinRulePt = 0.75;                                  // 7.4.1: 0.25 mm

constexpr double kCellMm = kTextWidthMm / kCharacters;  // a character of 3号 on the grid
// The grid's 22 lines from the top of the first character to the foot of the last (layout/ sets them so).
constexpr double kGridPitchMm = (kTextHeightMm - kSize3 / kPointsPerMm) / (kLines - 1);

// Word and LibreOffice put the baseline of an exact line at 4/5 of its pitch; a Chinese character's box
// reaches 0.88 em above its baseline and 0.12 em below. So a line of 1.1 em begins exactly at the top of its
// characters.
constexpr double kAscentOfLine = 0.8;
constexpr double kDescentOfFace = 0.12;
constexpr double kTightLine = 1.1;

}  // namespace wenshu::notice
