export default definePageConfig({ navigationBarTitleText: '入徐登记' })
