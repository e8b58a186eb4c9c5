export default definePageConfig({ navigationBarTitleText: '待取' })
