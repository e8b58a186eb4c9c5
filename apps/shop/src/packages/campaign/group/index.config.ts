export default definePageConfig({
  navigationBarTitleText: '邻里拼团',
  enableShareAppMessage: true,
  enableShareTimeline: true,
})
