import { useState } from 'react'
import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { Box, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { birthdayText, isOff, signedText, signText, streakText, stripOf } from '../../../models/rewards'
import type { SignIn } from '../../../models/wire'
import { api, memberSession, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { useRewards } from '../../../services/rewards'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import { BirthdaySheet } from './birthday-sheet'
import { TaskRow } from './task-row'
import './index.scss'

/** 签到和任务: today's sign-in, and first steps with what each brings and the way to it. */
export default function TasksPage() {
  const member = useCell(memberSession)
  const rewards = useRewards()
  const owner = member?.who.id
  const birthday = useLoad(owner ? `birthday.${owner}` : null, () => api('GET /v1/me/birthday'))
  const [saying, setSaying] = useState(false)
  const hasBirthday = birthday.data?.birthday !== null && birthday.data !== null
  return (
    <Screen title="签到和任务" className="tasks">
      <NavBar title="签到和任务" />
      {member ? (
        <Gate loaded={rewards} skeleton={<RowBones count={4} />} safe="签过的到、做过的任务都记着">
          {(data) =>
            isOff(data) && !hasBirthday ? (
              <Notice drawing="list" title="现在没有任务" note="有了新的，会出现在「我的」里">
                <Button onPress={() => openTab('category')}>去逛逛</Button>
              </Notice>
            ) : (
              <>
                {data.signIn && <Strip signIn={data.signIn} done={rewards.reload} />}
                {data.tasks.length > 0 && (
                  <Panel title="新手任务" note="每样一位顾客一次">
                    <Box as="ul">
                      {data.tasks.map((task) => (
                        <TaskRow
                          key={task.kind}
                          task={task}
                          sayBirthday={() => setSaying(true)}
                          changed={rewards.reload}
                        />
                      ))}
                    </Box>
                  </Panel>
                )}
                <Panel className="tasks-more">
                  {birthday.data && hasBirthday && (
                    <Cell
                      icon="calendar"
                      title="我的生日"
                      note="生日前后，留意券包"
                      value={<Words>{birthdayText(birthday.data)}</Words>}
                      onPress={() => setSaying(true)}
                    />
                  )}
                  <Cell icon="star" title="积分明细" onPress={() => openPage('points')} />
                  <Cell icon="coupon" title="我的优惠券" onPress={() => openPage('coupons')} />
                </Panel>
              </>
            )
          }
        </Gate>
      ) : (
        <Notice drawing="list" title="登录后签到、做任务">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      )}
      {saying && birthday.data && (
        <BirthdaySheet
          now={birthday.data}
          onClose={() => setSaying(false)}
          onSaid={async (said) => {
            birthday.put(said)
            setSaying(false)
            await rewards.reload()
          }}
        />
      )}
    </Screen>
  )
}

/** The cycle of days, and the button of today. */
function Strip({ signIn, done }: { signIn: SignIn; done: () => Promise<void> }) {
  const sign = async () => {
    try {
      say(signedText(await api('POST /v1/sign-ins')))
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await done()
  }
  return (
    <Panel title={streakText(signIn)} note="断一天，从头来">
      <Box as="ul" className="tasks-strip">
        {stripOf(signIn).map(({ n, points, state, label }) => (
          <Box as="li" key={n} className={`tasks-day tasks-day-${state}`}>
            <Words className="tasks-day-disc" label={label}>
              {state === 'done' ? '' : `+${points}`}
            </Words>
            {state === 'done' && <Icon name="check" size={18} className="tasks-day-check" />}
            <Words className="tasks-day-name" hidden>
              {state === 'today' ? '今天' : `${n} 天`}
            </Words>
          </Box>
        ))}
      </Box>
      <Button
        size="full"
        look={signIn.signed ? 'soft' : 'filled'}
        disabled={signIn.signed}
        busyText="正在签到"
        onPress={sign}
      >
        {signText(signIn)}
      </Button>
    </Panel>
  )
}
