export default definePageConfig({
  navigationBarTitleText: '秒杀会场',
  enableShareAppMessage: true,
  enableShareTimeline: true,
})
