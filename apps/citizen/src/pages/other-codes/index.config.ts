export default definePageConfig({ navigationBarTitleText: '省码与行程卡' })
