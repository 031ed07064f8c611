// In place of `@tarojs/components/dist/components`, of which Taro's start asks for the one element that pulls a page
// down to refresh it. No page here does; without this every first load carries that element and the engine behind it,
// 60 kB of script.
module.exports = { defineCustomElementTaroPullToRefreshCore: () => {} }
