export default definePageConfig({ navigationBarTitleText: '待取', navigationBarTextStyle: 'white' })
