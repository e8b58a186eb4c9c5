import { useShareAppMessage, useShareTimeline } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { addressWith, queryText, shareKeyOf } from '../models/share'
import type { Share, Subject } from '../models/wire'
import { linkOf } from './album'
import { mediaUrl, memberSession, troubleFrom } from './api'
import { copyText } from './device'
import { type PageName, PAGES, useParam } from './routes'
import { keyHandedOn, noteShare, passOn } from './share'
import { ensureMember } from './sign-in'
import { say } from './toast'

/** What a page passes on, and where that leads. */
export interface Passed {
  subject: Subject
  /** The store it is in; without one the store that is open. */
  storeId?: string
  page: PageName
  query: Record<string, string>
  /** What a message says that goes out before a share was made. */
  title: string
}

export interface Passing {
  passed: Passed
  /** My share of it, once there is one. */
  share: Share | null
  isOpen: boolean
  /** Opens the sheet with the poster. Needs a member: the poster says who passes it on. */
  open: () => Promise<void>
  close: () => void
  /** Copies a link for friends; whoever is not signed in hands on the share by which they came. */
  copyLink: () => Promise<void>
}

interface Message {
  title: string
  path: string
  imageUrl?: string
}

/**
 * Passing on what a page shows: by WeChat's menu and button, to 朋友圈 where the page's config says so, by a poster or a copied link; and noting the
 * share by which the page was opened. Nothing is given for any of it. Before the page knows what it shows, `passed` is where it stands all the same.
 */
export function usePassingOn(passed: Passed): Passing {
  const { subject, storeId, page, query } = passed
  const came = shareKeyOf(useParam('s'))
  useEffect(() => {
    if (came !== null) void noteShare(came)
  }, [came])
  const [isOpen, setOpen] = useState(false)
  const [made, setMade] = useState<Share | null>(null)
  // The page may have moved on to another thing since.
  const share = made?.subject.kind === subject.kind && made.subject.id === subject.id ? made : null

  const messageOf = (of: Share | null): Message => ({
    title: of?.title ?? passed.title,
    path: addressWith(PAGES[page], query, of?.key ?? keyHandedOn(subject)),
    ...(of ? { imageUrl: mediaUrl(of.card) } : {}),
  })
  const mine = () => passOn(subject, storeId)
  useShareAppMessage(() => ({
    ...messageOf(share),
    // WeChat waits three seconds for it, and sends what stands above when it does not come.
    ...(share || !memberSession.get() ? {} : { promise: mine().then(messageOf, () => messageOf(null)) }),
  }))
  // 朋友圈 takes an answer at once or none: it carries my share where one was made, else the one that led here.
  useShareTimeline(() => {
    const { title, imageUrl } = messageOf(share)
    const said = queryText(query, share?.key ?? keyHandedOn(subject))
    return { title, query: said, ...(imageUrl === undefined ? {} : { imageUrl }) }
  })
  return {
    passed,
    share,
    isOpen,
    close: () => setOpen(false),
    async open() {
      if (!(await ensureMember())) return
      setOpen(true)
      try {
        setMade(await mine())
      } catch (error) {
        setOpen(false)
        say(troubleFrom(error).text)
      }
    },
    async copyLink() {
      const { title, path } = messageOf(
        share ?? (memberSession.get() ? await mine().catch(() => null) : null),
      )
      copyText(`${title} ${linkOf(path) ?? path}`)
    },
  }
}
