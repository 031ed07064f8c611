import ts from 'typescript'

// Code that was meant to run and is shown instead: `{t('…')}` or `${…}` inside a string, `$` before `{…}` in JSX.
const CODE_IN_TEXT = /\$\{|\{\s*[A-Za-z_$][\w.]*\s*\(/

const isClient = (path) =>
  /^apps\/(console|citizen)\/src\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path)

const textOf = (node) => {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text
  return ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) ? node.text : undefined
}

const isDollarBeforeExpression = (node) => {
  if (!ts.isJsxText(node) || !node.text.endsWith('$')) return false
  const { children } = node.parent
  return children !== undefined && ts.isJsxExpression(children[children.indexOf(node) + 1] ?? node)
}

/** Where a client's text shows code. `text` is the source of the file `path`. */
export const findLiteralCode = (path, text) => {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  const findings = []
  const look = (node) => {
    const shown = textOf(node)
    if (shown !== undefined && (CODE_IN_TEXT.test(shown) || isDollarBeforeExpression(node))) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      findings.push(`${path}:${line + 1}: shows code instead of running it: ${shown.trim().slice(0, 60)}`)
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return findings
}

/** Texts of the two clients in which code stands as words. Only files that hold such a thing at all are parsed. */
export const checkLiterals = async (files, read) => {
  const found = await Promise.all(
    files.filter(isClient).map(async (path) => {
      const text = await read(path)
      return /\{\s*[\w.$]+\s*\(|\$\{/.test(text) ? findLiteralCode(path, text) : []
    }),
  )
  return found.flat()
}
