// Android 7 web views and iOS 12 for the web app (browserslist in .browserslistrc); ES5 for the mini programs.
module.exports = {
  presets: [
    [
      'taro',
      { framework: 'react', ts: true, compiler: 'webpack5', hot: false, ignoreBrowserslistConfig: false },
    ],
  ],
  plugins: ['./config/citizens-operations.js'],
}
