export default definePageConfig({ navigationBarTitleText: '防疫申报' })
