export default definePageConfig({ navigationBarTitleText: '纸质健康码' })
