export default definePageConfig({ navigationBarTitleText: '场所通行' })
