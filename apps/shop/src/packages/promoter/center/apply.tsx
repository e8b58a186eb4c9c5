import { useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled, Panel } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { Notice } from '../../../components/states'
import { promoterRules } from '../../../models/promoter'
import type { Promoting } from '../../../models/wire'
import { api, troubleFrom } from '../../../services/api'
import { say } from '../../../services/toast'

/** Asks to promote, with everything that holds said before. Costs nothing. */
export function Apply({ promoting, applied }: { promoting: Promoting; applied: () => Promise<void> }) {
  const { terms, application } = promoting
  const [words, setWords] = useState('')
  const [invite, setInvite] = useState('')
  if (application?.state === 'APPLIED')
    return <Notice drawing="list" title="申请交上去了" note="总部看过就答复您，结果会显示在这里" />
  if (!terms?.active) return <Notice drawing="list" title="现在没有开放推广" note="开放了会出现在这里" />
  const isInvite = invite === '' || /^[A-Za-z0-9]{12}$/.test(invite)
  const apply = async () => {
    try {
      const body = { words: words.trim(), ...(invite === '' ? {} : { invite }) }
      await api('POST /v1/promoter-applications', { body })
    } catch (error) {
      say(troubleFrom(error).text)
    }
    await applied()
  }
  return (
    <Panel title="申请成为推广员" note="不收费，也不用先买东西">
      {application?.state === 'REFUSED' && (
        <Box className="promoter-refused">{`上次没有通过：${application.reason ?? ''}。可以再申请`}</Box>
      )}
      <Box as="ul" className="promoter-sentences">
        {promoterRules(terms).map((sentence) => (
          <Box as="li" key={sentence}>
            {sentence}
          </Box>
        ))}
      </Box>
      <Labelled label="打算在哪里推广">
        <Field
          label="打算在哪里推广"
          placeholder="打算在哪里推广，例如：小区群"
          value={words}
          maxLength={200}
          onValue={setWords}
        />
      </Labelled>
      <Labelled label="邀请码" fault={isInvite ? null : '邀请码是 12 位字母和数字'}>
        <Field
          label="邀请码"
          placeholder="邀请码，没有就不填"
          value={invite}
          maxLength={12}
          onValue={setInvite}
        />
      </Labelled>
      <Button size="full" disabled={words.trim() === '' || !isInvite} busyText="正在提交" onPress={apply}>
        提交申请
      </Button>
    </Panel>
  )
}
