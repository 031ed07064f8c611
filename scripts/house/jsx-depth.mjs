const mostLevels = 8
const indentation = '  '

const isClient = (path) => /^apps\/(console|citizen)\/src\/.*\.tsx$/.test(path) && !path.endsWith('.test.tsx')

/** Lines whose JSX stands too deep. The formatter indents every level by two spaces, so the indentation is the depth. */
export const findDeepJsx = (path, text) => {
  const tooDeep = new RegExp(`^(?:${indentation}){${mostLevels + 1},}<[A-Za-z>]`)
  return text
    .split('\n')
    .flatMap((line, at) =>
      tooDeep.test(line)
        ? [`${path}:${at + 1}: JSX deeper than ${mostLevels} levels: a part with a name of its own`]
        : [],
    )
}

/** JSX of both clients that needs a component between. */
export const checkJsxDepth = async (files, read) => {
  const found = await Promise.all(
    files.filter(isClient).map(async (path) => findDeepJsx(path, await read(path))),
  )
  return found.flat()
}
