// What every opening needs, or most do, and only the entry's code asks for: the browser starts it with the page.
const isAsked = (compilation, chunk) =>
  chunk.name === 'shared' ||
  [...compilation.chunkGraph.getChunkModulesIterable(chunk)].some((module) =>
    module.nameForCondition()?.endsWith('/src/pages/home/index.tsx'),
  )

/**
 * Makes the page itself the first thing on the screen: the frame in `src/index.html` is painted before the style sheet
 * is there, and what the entry would ask for after it has run is fetched beside it. On a line of 1.4 Mbit/s and a slow
 * processor the line was idle for a second while the entry ran.
 */
class FirstPaint {
  apply(compiler) {
    const { Compilation, sources } = compiler.webpack
    compiler.hooks.compilation.tap('FirstPaint', (compilation) => {
      // After the page is made, before names get their final hashes (which are replaced in the page as well).
      const stage = Compilation.PROCESS_ASSETS_STAGE_SUMMARIZE
      compilation.hooks.processAssets.tap({ name: 'FirstPaint', stage }, (assets) => {
        const page = assets['index.html']
        if (page) {
          const changed = withPreloads(styleAfterFrame(String(page.source())), scriptsOf(compilation))
          compilation.updateAsset('index.html', new sources.RawSource(changed))
        }
      })
    })
  }
}

const scriptsOf = (compilation) =>
  [...compilation.chunks]
    .filter((chunk) => isAsked(compilation, chunk))
    .flatMap((chunk) => [...chunk.files])
    .filter((file) => file.endsWith('.js'))

const withPreloads = (html, scripts) => {
  const links = scripts.map((file) => `<link rel="preload" as="script" href="/${file}">`).join('')
  return html.replace('</head>', `${links}</head>`)
}

const styleAfterFrame = (html) => {
  const styles = html.match(/<link [^>]*rel="stylesheet"[^>]*>/g) ?? []
  const without = styles.reduce((text, style) => text.replace(style, ''), html)
  return without.replace('</body>', `${styles.join('')}</body>`)
}

module.exports = { FirstPaint }
