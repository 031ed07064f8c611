import { pageOf, screenNames } from './screens.ts'

export default defineAppConfig({
  pages: screenNames.map(pageOf),
  // WeChat and Alipay draw the bar with title, way back and their own capsule: a bar of ours would lie under the clock of
  // the phone, and the capsule over its buttons, at another place on every phone.
  window: {
    navigationBarTitleText: '健康宝',
    navigationBarTextStyle: 'black',
    navigationBarBackgroundColor: '#f3f7f4',
    backgroundColor: '#f3f7f4',
    ...(process.env.TARO_ENV === 'h5' ? { navigationStyle: 'custom' as const } : {}),
  },
  lazyCodeLoading: 'requiredComponents',
  // What WeChat shows when it asks; Alipay takes its words from the ability applied for.
  ...(process.env.TARO_ENV === 'weapp'
    ? {
        requiredPrivateInfos: ['getLocation' as const],
        permission: { 'scope.userLocation': { desc: '用于确认您在扫码的入口，只比对，不保存' } },
      }
    : {}),
  // A page that slides in is slow on old phones, and a tap while it moves is lost. Only the web app knows this setting.
  ...(process.env.TARO_ENV === 'h5' ? { animation: false } : {}),
})
