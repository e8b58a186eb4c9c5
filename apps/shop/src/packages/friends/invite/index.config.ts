export default definePageConfig({ navigationBarTitleText: '朋友分享', enableShareAppMessage: true })
