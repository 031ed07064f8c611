export default definePageConfig({ navigationBarTitleText: '这是什么码' })
