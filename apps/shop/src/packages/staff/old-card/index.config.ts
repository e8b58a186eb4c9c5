export default definePageConfig({ navigationBarTitleText: '绑老会员卡' })
