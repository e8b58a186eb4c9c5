import { Modal } from 'antd'

import { boundKeys } from './keyboard.ts'

const spoken: Record<string, string> = { mod: '⌘ / Ctrl', Enter: '回车', Escape: 'Esc' }

const Keys = ({ keys }: { keys: string }) => (
  <span className="help-keys">
    {keys.split(/[ +]/).map((key) => (
      <kbd key={key}>{spoken[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>
    ))}
  </span>
)

/** The keys that work on this page, read from what is bound right now. */
export const KeyHelp = ({ open, close }: { open: boolean; close: () => void }) => {
  const bindings = open ? [...new Map(boundKeys().map((each) => [each.keys, each])).values()] : []
  return (
    <Modal open={open} title="这一页的快捷键" footer={null} width={460} onCancel={close}>
      <dl className="help-list">
        {bindings.map((each) => (
          <div key={each.keys}>
            <dt>{each.label}</dt>
            <dd>
              <Keys keys={each.keys} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">正在输入时都不会触发；在右上角你的名字下面可以全部关掉。</p>
    </Modal>
  )
}
