const { createHash } = require('node:crypto')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { FirstPaint } = require('./first-paint.js')
const { routes, writePages } = require('./pages.js')
const { platformVariants } = require('./platform-variants.js')

// Workspace packages and the parts of node_modules that speak modern JavaScript are compiled for old phones too.
const compiled = [
  path.resolve(__dirname, '../../../packages'),
  ...[
    'i18next',
    'qrcode-generator',
    'zxing-wasm',
    // Of Taro's router.
    'query-string',
    'decode-uri-component',
    'split-on-first',
    'filter-obj',
  ].map((name) => path.resolve(__dirname, `../../../node_modules/${name}`)),
]

// Served from the own host: scanning works where nothing else of the internet can be reached.
const qrReader = require.resolve('zxing-wasm/reader/zxing_reader.wasm')
// Its name changes with its content, so that browsers keep it for good.
const qrReaderHash = createHash('sha256').update(readFileSync(qrReader)).digest('hex').slice(0, 8)
const qrReaderFile = `zxing_reader.${qrReaderHash}.wasm`

const compile = (chain) => {
  chain.plugin('platform-variants').use(platformVariants(process.env.TARO_ENV))
}

writePages()

module.exports = {
  projectName: 'jiankangbao',
  date: '2026-1-1',
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  plugins: [
    '@tarojs/plugin-framework-react',
    // The plugin draws nothing for a `legend`.
    ['@tarojs/plugin-html', { modifyElements: (_inline, block) => block.push('legend') }],
  ],
  framework: 'react',
  // npm keeps these beside the app while their users lie at the root of the repository.
  alias: Object.fromEntries(
    ['@tarojs/plugin-framework-react', '@tarojs/router', '@tarojs/taro'].map((name) => [
      name,
      path.dirname(require.resolve(`${name}/package.json`)),
    ]),
  ),
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  // A module from the cache is not looked through for elements: mini programs lose the templates that only such modules use
  // (every text field). The list of screens is no input that the cache knows: the web app loses pages that were added. Both
  // without a word. What did not change is not built again anyway (scripts/build.mjs).
  cache: { enable: false },
  terser: { enable: true },
  defineConstants: {
    SCREEN_ADDRESSES: JSON.stringify(Object.entries(routes).flat()),
    QR_READER_FILE: JSON.stringify(qrReaderFile),
    CITY: JSON.stringify(process.env.CITY || ''),
    API_ORIGIN: JSON.stringify(process.env.TARO_APP_API_ORIGIN || 'http://localhost:8080'),
  },
  copy: {
    patterns: process.env.TARO_ENV === 'h5' ? [{ from: qrReader, to: `dist/h5/static/${qrReaderFile}` }] : [],
    options: {},
  },
  mini: {
    compile: { include: compiled },
    postcss: { pxtransform: { enable: false }, cssModules: { enable: false } },
    webpackChain: compile,
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'browser', customRoutes: routes },
    compile: { include: compiled },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: {
      pxtransform: { enable: false },
      autoprefixer: { enable: true },
      cssModules: { enable: false },
    },
    webpackChain: (chain) => {
      compile(chain)
      chain.plugin('first-paint').use(FirstPaint)
      chain.resolve.alias.set(
        '@tarojs/components/dist/components$',
        require.resolve('./no-web-components.js'),
      )
      // Without this every page carries its own copy of words, client and controls.
      chain.optimization.merge({
        splitChunks: {
          cacheGroups: {
            shared: {
              name: 'shared',
              chunks: 'async',
              minChunks: 16,
              minSize: 0,
              priority: 30,
              enforce: true,
            },
          },
        },
      })
      chain.performance.hints(false)
    },
  },
}
