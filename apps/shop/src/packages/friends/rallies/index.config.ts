export default definePageConfig({ navigationBarTitleText: '砍价和助力' })
