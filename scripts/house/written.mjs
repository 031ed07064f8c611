// How names, numbers, places, times and words are written is read in one home: whoever reads them anew elsewhere forgets
// half of what people do, and two ways in disagree about who somebody is.
const home = 'packages/domain/src/written/'

/** What a second reading of such a thing looks like in source, and what it should ask instead. */
const readings = [
  [/0xfee0|\\uff01-\\uff5e|０-９/i, 'width of characters', 'characters.ts'],
  [/\[[^\]\n]*\\u200[b-f][^\]\n]*\]/i, 'marks that nobody sees', 'characters.ts'],
  [/1\[3-9\](?:\[0-9\]|\\d)\{9\}/, 'mobile numbers', 'phone.ts'],
  [/(?:\[0-9\]|\\d)\{1[57]\}\[[0-9a-z\\-]*[xX]/, 'numbers of identity cards', 'document-number.ts'],
  [/\[HM\]/, 'numbers of permits', 'document-number.ts'],
  [/京津沪渝|京津冀/, 'number plates', 'journey-number.ts'],
  [/[)\]?]年[^'"\n]*[)\]?]月/, 'dates', 'instant.ts'],
  [/(?:上午|下午)\|/, 'times', 'instant.ts'],
  [/\^\[1-9\](?:\[0-9\]|\\d)\{5\}\$/, 'codes of divisions', 'division-code.ts'],
]
// Typing of keyboards and numbers of test phones are no reading of a person's number.
const elsewhere =
  /\.(md|sql|test\.tsx?|test\.mjs|journey\.ts|phone\.ts)$|^scripts\/house\/|\/test\/|^apps\/sandbox\/|^bench\/|^e2e\//

/** @returns problems of one source */
export const findSecondReadings = (path, text) =>
  text
    .split('\n')
    .flatMap((line, at) =>
      readings
        .filter(([pattern]) => pattern.test(line))
        .map(([, what, file]) => `${path}:${at + 1}: reads ${what} anew; ask ${home}${file}`),
    )

export const checkWritten = async (files, read) => {
  const sources = files.filter(
    (path) =>
      /^(apps|packages|scripts)\/.*\.(ts|tsx|mjs)$/.test(path) &&
      !path.startsWith(home) &&
      !elsewhere.test(path),
  )
  const found = await Promise.all(sources.map(async (path) => findSecondReadings(path, await read(path))))
  return found.flat()
}
