const maximumLines = 400

/** At most 400 lines: a longer file has a second subject. Dumps of the schema are written by a tool. */
export const checkSizes = async (files, read) => {
  const counted = files.filter(
    (path) => /\.(ts|tsx|mjs|cjs|sql|scss|css)$/.test(path) && !/^db\/(schema\.sql|releases\/)/.test(path),
  )
  const sizes = await Promise.all(
    counted.map(async (path) => [path, (await read(path)).trimEnd().split('\n').length]),
  )
  return sizes
    .filter(([, lines]) => lines > maximumLines)
    .map(([path, lines]) => `${path}: ${lines} lines, at most ${maximumLines}`)
}

/** A test left with `.only` silences all others. */
export const checkOnly = async (files, read) => {
  const tests = files.filter((path) => /\.(test|spec|journey)\.tsx?$|^e2e\/.*\.ts$/.test(path))
  const texts = await Promise.all(tests.map(async (path) => [path, await read(path)]))
  return texts
    .filter(([, text]) => /\b(test|it|describe)(\.\w+)*\.only\b/.test(text))
    .map(([path]) => `${path}: .only left in`)
}

/** The lock file names no download addresses, so that every registry or mirror serves. */
export const checkLockFile = async (files, read) => {
  if (!files.includes('package-lock.json')) return ['package-lock.json: missing']
  const resolved = (await read('package-lock.json')).match(/"resolved": "(https?|git)[^"]*"/g) ?? []
  return resolved.length > 0
    ? [
        `package-lock.json: ${resolved.length} download addresses; keep omit-lockfile-registry-resolved in .npmrc`,
      ]
    : []
}
