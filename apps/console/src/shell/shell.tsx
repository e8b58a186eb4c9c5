import { Search, WifiOff } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'

import { useMay, useStaff } from '../session.ts'
import { Bones } from '../ui/states.tsx'
import { Clock } from './clock.tsx'
import { KeyHelp } from './key-help.tsx'
import { useKeys } from './keyboard.ts'
import { useLiveLine } from './live.ts'
import { useOnline } from './online.ts'
import { PersonMenu } from './person-menu.tsx'
import { ScopePicker } from './scope-picker.tsx'
import { SearchPanel } from './search-panel.tsx'
import { Sider } from './sider.tsx'

/** Everything round a desk: the ledger margin, the top bar, search and help. Sends the signed-out to the login. */
export const Shell = () => {
  const staff = useStaff()
  const here = useLocation()
  if (!staff)
    return <Navigate to={`/login?next=${encodeURIComponent(here.pathname + here.search)}`} replace />
  return <SignedInShell />
}

const SignedInShell = () => {
  const [searching, setSearching] = useState(false)
  const [helping, setHelping] = useState(false)
  const online = useOnline()
  useLiveLine(useMay('orders.read'))
  useKeys([
    { keys: '/', label: '搜索', run: () => setSearching(true) },
    { keys: 'mod+k', label: '搜索', run: () => setSearching(true) },
    { keys: '?', label: '看快捷键', run: () => setHelping(true) },
  ])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <Sider help={() => setHelping(true)} />
      <header className="top-bar">
        <ScopePicker />
        <button
          type="button"
          className="bare search-box"
          onClick={() => setSearching(true)}
          aria-keyshortcuts="/"
        >
          <Search size={16} aria-hidden="true" />
          <span className="clip">订单号、手机尾号、条码、商品…</span>
          <kbd>/</kbd>
        </button>
        <Clock />
        <PersonMenu />
      </header>
      <main id="main" tabIndex={-1}>
        {!online && (
          <p className="offline" role="status">
            <WifiOff size={16} aria-hidden="true" />
            <b>网断了。</b>下面是断网前的数据，能看不能改；连上后自己更新。
          </p>
        )}
        <Suspense fallback={<Bones lines={8} />}>
          <Outlet />
        </Suspense>
      </main>
      <SearchPanel open={searching} close={() => setSearching(false)} />
      <KeyHelp open={helping} close={() => setHelping(false)} />
    </div>
  )
}
