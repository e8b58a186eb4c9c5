export default definePageConfig({
  navigationBarTitleText: '预售',
  enableShareAppMessage: true,
  enableShareTimeline: true,
})
