const { mkdirSync, readFileSync, renameSync, rmSync, readdirSync, writeFileSync } = require('node:fs')
const path = require('node:path')
const { requireWithEsbuild } = require('@tarojs/helper')

const source = path.resolve(__dirname, '../src')
const asCommonJs = { jsc: { target: 'es2020' }, module: { type: 'commonjs' } }
const load = (file) => requireWithEsbuild(path.resolve(source, file), { customSwcConfig: asCommonJs })

const { SCREENS, pageOf, screenNames, webPathOf } = load('screens.ts')
const { DEFAULT_CITY, findCityId, withCityWords } = load('../../../packages/city/src/words.ts')
const city = findCityId(process.env.CITY) ?? DEFAULT_CITY
const chinese = withCityWords(load('locales/zh/words.ts').zh, city, 'zh')
const wordsOf = (key) => key.split('.').reduce((words, part) => words[part], chinese)

const componentOf = (file) =>
  path
    .basename(file)
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('')

const pageText = ({ file }) => `import { ${componentOf(file)} } from '../../features/${file}.tsx'
import { inLanguage } from '../../words/in-language.tsx'

export default inLanguage(${componentOf(file)})
`

const configText = ({ title }) =>
  `export default definePageConfig({ navigationBarTitleText: '${wordsOf(title)}' })\n`

// Another build may be reading: a file is there whole or not at all, and one that is right stays untouched.
const put = (file, text) => {
  try {
    if (readFileSync(file, 'utf8') === text) return
  } catch {
    mkdirSync(path.dirname(file), { recursive: true })
  }
  writeFileSync(`${file}.${process.pid}`, text)
  renameSync(`${file}.${process.pid}`, file)
}

/** Writes the page of every screen: two files that mini programs and Taro's router ask for and that say nothing of their own. */
const writePages = () => {
  for (const name of screenNames) {
    put(path.join(source, `${pageOf(name)}.tsx`), pageText(SCREENS[name]))
    put(path.join(source, `${pageOf(name)}.config.ts`), configText(SCREENS[name]))
  }
  for (const folder of readdirSync(path.join(source, 'pages')))
    if (!screenNames.includes(folder)) rmSync(path.join(source, 'pages', folder), { recursive: true })
}

/** Short addresses of the web app by the page they show. */
const routes = Object.fromEntries(screenNames.map((name) => [`/${pageOf(name)}`, webPathOf(name)]))

module.exports = { routes, writePages }
