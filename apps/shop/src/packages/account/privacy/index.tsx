import { Cell, Panel } from '../../../components/cells'
import { Box } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { api } from '../../../services/api'
import { useInStore } from '../../../services/place'
import { Consents } from './consents'
import './index.scss'

const HELD: [what: string, why: string][] = [
  ['微信给的身份编号', '认出您是同一位顾客，看不到您的微信号'],
  ['昵称', '店里的人称呼您用，他们只看到一部分'],
  ['手机号', '绑定后才有；加密保存，您看到前三位和后四位，店长和总部只看到后四位'],
  ['生日', '您填了才有，只有月和日；加密保存，只有您能看到，用来送生日礼；在「签到和任务」里随时能去掉'],
  ['签到和任务', '哪天签到、做过哪些任务，发积分和券要用'],
  ['收货地址', '您自己填写的；加密保存，只有您能看到全部'],
  ['订单和付款结果', '交货、退款和对账要用；我们不保存银行卡号'],
  ['购物车和收藏', '换一部手机也还在'],
  ['给您发过的消息', '您在「消息」里看，半年后删掉；您愿不愿意收，每次改都记一笔'],
  ['大家搜过什么', '只记每个词被搜了几次，不记是谁搜的'],
]
const ON_PHONE: [what: string, why: string][] = [
  [
    '扫过的门店或店员的码',
    '成为会员时告诉店里是谁引导的，最多记 90 天；另有一个这部手机自己生成的随机号，只用来防止一部手机重复算，店里存的是打乱过的，到期删掉',
  ],
  ['位置', '只在您点「用我的位置」后取一次，记在这部手机上；排门店先后时发给店里的系统，那边不保存'],
  ['您搜过的词', '一份清单留在这部手机上，搜索页可以清空'],
  ['上次看到的页面和提货码', '留在这部手机上，没有网络时还能看、还能取货'],
]

/** 隐私说明: what is held, and for what, in plain words. */
export default function PrivacyPage() {
  const store = useInStore(
    'store',
    (storeId) => api('GET /v1/stores/:storeId', { params: { storeId } }),
    true,
  )
  return (
    <Screen title="隐私说明">
      <NavBar title="隐私说明" />
      <Consents />
      <Held title="店里的系统存了什么" rows={HELD} />
      <Held title="只留在这部手机上的" rows={ON_PHONE} />
      <Panel title="不做的事">
        <Box as="p">不卖您的信息，不把手机号给第三方推销，不用通讯录和相册。</Box>
      </Panel>
      {store.data && store.data.licences.length > 0 && (
        <Panel title={`${store.data.name}的证照`}>
          {store.data.licences.map((licence) => (
            <Cell key={licence.number} title={licence.name} value={licence.number} />
          ))}
        </Panel>
      )}
    </Screen>
  )
}

function Held({ title, rows }: { title: string; rows: typeof HELD }) {
  return (
    <Panel title={title}>
      {rows.map(([what, why]) => (
        <Box key={what} className="privacy-row">
          <Box className="ll-strong">{what}</Box>
          <Box className="ll-quiet">{why}</Box>
        </Box>
      ))}
    </Panel>
  )
}
