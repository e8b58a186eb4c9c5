export default definePageConfig({ navigationBarTitleText: '好友帮忙', enableShareAppMessage: true })
