export default definePageConfig({ navigationBarTitleText: '签到和任务' })
