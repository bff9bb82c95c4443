// How characters are read.
#pragma once

namespace wenshu::chinese {

// Whether two Chinese characters are read alike but for the tone, by the most usual reading of each (ICU): 布 and 部,
// 恼 and 脑. False for what is no Chinese character, and for one and the same.
bool sound_alike(char32_t a, char32_t b);

}  // namespace wenshu::chinese
