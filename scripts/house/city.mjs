// The city of the package, its word in 入徐 and 来徐, and its divisions.
const OF_THE_CITY = /xuzhou|徐|3203\d\d/i

const home = 'packages/city/'
// A test is set in a city as a story is. The country's divisions are no city's: every one of them is in there.
const elsewhere =
  /\.(md|test\.tsx?|test\.mjs|journey\.ts|phone\.ts)$|^apps\/server\/test\/|^packages\/domain\/src\/place\/(former-)?division-(pinyin-)?data\.ts$|^scripts\/house\/city\.mjs$/

/** Nothing but `packages/city` knows of its city: whoever installs another one looks nowhere else. */
export const checkCity = async (files, read) => {
  const sources = files.filter(
    (path) =>
      /^(apps|packages|scripts|bench|e2e|deploy|db)\//.test(path) &&
      /\.(ts|tsx|js|mjs|cjs|json|sql|html|yml|yaml|conf|svg|scss|css)$/.test(path) &&
      !path.startsWith(home) &&
      !elsewhere.test(path),
  )
  const texts = await Promise.all(sources.map(async (path) => [path, await read(path)]))
  return texts.flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, at) =>
        OF_THE_CITY.test(line)
          ? [`${path}:${at + 1}: says what only ${home} may: ${line.trim().slice(0, 80)}`]
          : [],
      ),
  )
}
