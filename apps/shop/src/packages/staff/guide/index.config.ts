export default definePageConfig({ navigationBarTitleText: '我的引导' })
