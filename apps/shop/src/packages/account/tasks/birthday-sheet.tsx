import { useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled } from '../../../components/cells'
import { Box, Field } from '../../../components/elements'
import { Sheet } from '../../../components/sheet'
import { birthdayOf, birthdayText } from '../../../models/rewards'
import { dateInYears } from '../../../models/times'
import type { Birthday } from '../../../models/wire'
import { api, troubleFrom } from '../../../services/api'
import { say } from '../../../services/toast'

interface BirthdaySheetProps {
  now: Birthday
  onClose: () => void
  onSaid: (said: Birthday) => Promise<void>
}

/** Month and day, no year. Said once a year; taken back at any time. */
export function BirthdaySheet({ now, onClose, onSaid }: BirthdaySheetProps) {
  const [month, setMonth] = useState(now.birthday ? String(now.birthday.month) : '')
  const [day, setDay] = useState(now.birthday ? String(now.birthday.day) : '')
  const read = birthdayOf(month, day)
  const isFixed = now.changeableFrom !== null
  const save = async () => {
    if (!read) return
    try {
      await onSaid(await api('PUT /v1/me/birthday', { body: read }))
      say('记下了')
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  const takeBack = async () => {
    try {
      await api('DELETE /v1/me/birthday')
      await onSaid({ ...now, birthday: null })
      say('去掉了')
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  return (
    <Sheet title="我的生日" onClose={onClose}>
      {isFixed ? (
        <Box className="birthday-said">
          <Box className="ll-strong">{birthdayText(now)}</Box>
          <Box className="ll-quiet">{`一年能改一次，${dateInYears(now.changeableFrom ?? '', Date.now())}以后可以改`}</Box>
        </Box>
      ) : (
        <>
          <Box className="birthday-fields">
            <Labelled label="几月">
              <Field label="几月" kind="digits" value={month} maxLength={2} onValue={setMonth} />
            </Labelled>
            <Labelled label="几日">
              <Field label="几日" kind="digits" value={day} maxLength={2} onValue={setDay} />
            </Labelled>
          </Box>
          <Box className="birthday-note ll-quiet">
            只问月和日。加密保存，只有您能看到，用来送生日礼；一年能改一次，随时能去掉
          </Box>
          <Button size="full" disabled={!read} busyText="正在保存" onPress={save}>
            {read ? `保存 ${birthdayText({ birthday: read })}` : '保存'}
          </Button>
        </>
      )}
      {now.birthday && (
        <Button look="line" size="full" busyText="正在去掉" className="birthday-back" onPress={takeBack}>
          不再保存我的生日
        </Button>
      )}
    </Sheet>
  )
}
