import { useState } from 'react'
import { Button } from '../../components/button'
import { Panel } from '../../components/cells'
import { Box, Field, Words } from '../../components/elements'
import { Icon } from '../../components/icon'
import { groupDigits } from '../../models/pickup-code'
import { canScan, scanCode } from '../../services/device'
import './code-entry.scss'

interface CodeEntryProps {
  title: string
  note: string
  /** What the code is called: 提货码. */
  name: string
  /** What the button does with it: 查这一单. */
  verb: string
  fault: string | null
  onFault: (fault: string | null) => void
  onCode: (text: string) => Promise<void>
}

/** Where a clerk types or scans a code that a shopper shows. Nothing is done with it here. */
export function CodeEntry({ title, note, name, verb, fault, onFault, onCode }: CodeEntryProps) {
  const [typed, setTyped] = useState('')
  const scan = async () => {
    const text = await scanCode()
    if (text !== null) await onCode(text)
  }
  return (
    <Panel title={title} note={note}>
      <Box className={`code-entry ${fault ? 'code-entry-bad' : ''}`}>
        <Field
          label={name}
          className="code-entry-input"
          kind="text"
          placeholder="输数字，扫码枪也行"
          value={/^\d+$/.test(typed) ? groupDigits(typed) : typed}
          maxLength={200}
          autoFocus
          invalid={fault !== null}
          onValue={(value) => {
            setTyped(/^[\d\s]+$/.test(value) ? value.replace(/\s/g, '') : value)
            onFault(null)
          }}
          onEnter={() => void onCode(typed)}
        />
      </Box>
      {fault && (
        <Box className="code-entry-fault" role="alert">
          <Icon name="info" size={18} />
          <Words>{fault}</Words>
        </Box>
      )}
      <Box className="code-entry-actions">
        {canScan && (
          <Button look="soft" size="full" icon="scan" onPress={scan}>
            扫二维码
          </Button>
        )}
        <Button size="full" disabled={typed === ''} busyText="正在查" onPress={() => onCode(typed)}>
          {verb}
        </Button>
      </Box>
    </Panel>
  )
}
