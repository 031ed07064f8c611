export default definePageConfig({ navigationBarTitleText: '我的码发生了什么' })
