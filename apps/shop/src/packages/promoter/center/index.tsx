import { useState } from 'react'
import { Button } from '../../../components/button'
import { Panel } from '../../../components/cells'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { PosterSheet } from '../../../components/pass-on'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { Tabs } from '../../../components/tabs'
import { promoterRules } from '../../../models/promoter'
import { dayOf } from '../../../models/times'
import type { Promoting } from '../../../models/wire'
import { api, memberSession } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { type Passing, usePassingOn } from '../../../services/passing-on'
import { usePlace } from '../../../services/place'
import { ensureMember } from '../../../services/sign-in'
import { useCell } from '../../../services/watch'
import { Apply } from './apply'
import { Board } from './board'
import { Bound } from './bound'
import { Shares } from './shares'
import { Statement } from './statement'
import './index.scss'

const TABS = { shares: '佣金', bound: '顾客', statement: '对账单' } as const

/** 推广中心: applying, and then one's own code, what it earned and how it is paid out. */
export default function PromoterPage() {
  const owner = useCell(memberSession)?.who.id
  const store = usePlace()
  const passing = usePassingOn({
    subject: { kind: 'store', id: store?.storeId ?? '' },
    page: 'home',
    query: {},
    title: `${store?.name ?? '邻里'}：线上下单，到店自提`,
  })
  const promoting = useLoad(owner ? `promoter.${owner}` : null, () => api('GET /v1/promoter'))
  return (
    <Screen title="推广中心" className="promoter">
      <NavBar title="推广中心" />
      {owner ? (
        <Gate loaded={promoting} skeleton={<RowBones count={5} />} safe="您的佣金都记着，不会少">
          {(data) => (
            <>
              {data.me ? (
                <Mine me={data.me} reload={promoting.reload} passing={passing} />
              ) : (
                <Apply promoting={data} applied={promoting.reload} />
              )}
              {data.terms && <Rules terms={data.terms} />}
              {data.boundTo && (
                <Box className="promoter-by ll-quiet">
                  {`您由 ${data.boundTo.name} 推荐，${dayOf(data.boundTo.until, Date.now())}前下单算他的推广；您付的钱不变`}
                </Box>
              )}
            </>
          )}
        </Gate>
      ) : (
        <Notice drawing="list" title="登录后申请推广">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
    </Screen>
  )
}

interface MineProps {
  me: NonNullable<Promoting['me']>
  reload: () => Promise<void>
  passing: Passing
}

function Mine({ me, reload, passing }: MineProps) {
  const [tab, setTab] = useState<keyof typeof TABS>('shares')
  return (
    <>
      <Board me={me} reload={reload} onPoster={passing.open} />
      <PosterSheet
        passing={passing}
        note="顾客从海报或链接打开、登录，就算您带来的；商品页的「去推广」也一样"
      />
      <Tabs label="推广明细" tabs={TABS} chosen={tab} onChoose={setTab} />
      {tab === 'shares' && <Shares />}
      {tab === 'bound' && <Bound />}
      {tab === 'statement' && <Statement />}
    </>
  )
}

function Rules({ terms }: { terms: NonNullable<Promoting['terms']> }) {
  const [open, setOpen] = useState(false)
  return (
    <Panel className="promoter-rules">
      <Press
        className="promoter-rules-more"
        label={open ? '收起推广规则' : '看推广规则'}
        onPress={() => setOpen(!open)}
      >
        <Words>推广规则</Words>
        <Icon name={open ? 'up' : 'down'} size={16} />
      </Press>
      {open && (
        <Box as="ul" className="promoter-sentences">
          {promoterRules(terms).map((sentence) => (
            <Box as="li" key={sentence}>
              {sentence}
            </Box>
          ))}
        </Box>
      )}
    </Panel>
  )
}
