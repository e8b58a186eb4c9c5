import type { ReactNode } from 'react'
import { Button } from '../../../components/button'
import { Cell, Panel } from '../../../components/cells'
import { Box, Press, Words } from '../../../components/elements'
import { Icon } from '../../../components/icon'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, Notice, RowBones } from '../../../components/states'
import { iconOf, labelOf } from '../../../models/messages'
import { momentOf } from '../../../models/times'
import type { Message } from '../../../models/wire'
import { api, memberSession, troubleFrom } from '../../../services/api'
import { loadUnread, openMessage } from '../../../services/messages'
import { usePaged } from '../../../services/paged'
import { openPage, openTab } from '../../../services/routes'
import { ensureMember } from '../../../services/sign-in'
import { say } from '../../../services/toast'
import { useCell } from '../../../services/watch'
import './index.scss'

const messagesFrom = (cursor?: string) => api('GET /v1/messages', { query: cursor ? { cursor } : {} })

/** 消息: what the shop told this member, newest first. */
export default function MessagesPage() {
  const owner = useCell(memberSession)?.who.id
  const { list, more } = usePaged(owner ? `messages.${owner}` : null, messagesFrom, true)
  const readAll = async () => {
    const newest = list.data?.items[0]
    if (!newest) return
    try {
      await api('PUT /v1/messages/reading', { body: { upTo: newest.id } })
      await Promise.all([list.reload(), loadUnread()])
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  if (!owner)
    return (
      <Frame>
        <Notice drawing="list" title="登录后看消息">
          <Button busyText="正在登录" onPress={ensureMember}>
            登录
          </Button>
        </Notice>
      </Frame>
    )
  return (
    <Frame>
      <Gate loaded={list} skeleton={<RowBones />} safe="消息都留着，不会丢">
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <Notice drawing="list" title="还没有消息" note="货备好了、退款退回了、等的货到了，都在这里告诉您">
              <Button onPress={() => openTab('home')}>回首页</Button>
            </Notice>
          ) : (
            <>
              {items.some(({ read }) => !read) && (
                <Box className="messages-head">
                  <Button look="line" size="small" busyText="正在标记" onPress={readAll}>
                    全部已读
                  </Button>
                </Box>
              )}
              <Panel className="messages-panel">
                <Box as="ul">
                  {items.map((message) => (
                    <Row key={message.id} message={message} />
                  ))}
                </Box>
              </Panel>
              {nextCursor && (
                <Button look="line" size="full" busyText="正在取" onPress={more}>
                  更早的
                </Button>
              )}
            </>
          )
        }
      </Gate>
      <Panel>
        <Cell icon="bell" title="想收哪些消息" note="随时能开、能关" onPress={() => openPage('privacy')} />
      </Panel>
    </Frame>
  )
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <Screen title="消息" className="messages">
      <NavBar title="消息" />
      {children}
    </Screen>
  )
}

function Row({ message }: { message: Message }) {
  const { title, body, at, read } = message
  return (
    <Box as="li" className={`messages-row ${read ? 'messages-read' : ''}`}>
      <Press
        className="messages-press"
        role="link"
        label={labelOf(message)}
        onPress={() => openMessage(message)}
      >
        <Box className="messages-icon">
          <Icon name={iconOf(message)} size={22} />
          {!read && <Box className="messages-dot" hidden />}
        </Box>
        <Box className="messages-words">
          <Box className="messages-title">
            <Words>{title}</Words>
          </Box>
          <Box className="messages-body">{body}</Box>
          <Box className="messages-at">{momentOf(at, Date.now())}</Box>
        </Box>
        <Icon name="right" size={18} className="ll-quiet" />
      </Press>
    </Box>
  )
}
